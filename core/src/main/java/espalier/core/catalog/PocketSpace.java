package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** A space small enough that each of its networks can be trained: five choices of four options. */
public final class PocketSpace {
  private PocketSpace() {}

  /** All 1,024 networks. */
  public static ComposedSpace<PocketNetwork> standard() {
    Pick<Integer> channels = Pick.ordered(List.of(6, 8, 12, 16));
    Pick<PocketNetwork.Halving> halving = named(PocketNetwork.Halving.values());
    Pick<PocketNetwork.Operation> operation = named(PocketNetwork.Operation.values());
    Pick<PocketNetwork.Wiring> wiring = named(PocketNetwork.Wiring.values());
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("channels", channels);
    parts.put("halving", halving);
    parts.put("first", operation);
    parts.put("second", operation);
    parts.put("wiring", wiring);
    return new ComposedSpace<>(
        "pocket",
        Pick.all(
            parts,
            picked ->
                new PocketNetwork(
                    picked.get("channels", channels),
                    picked.get("halving", halving),
                    picked.get("first", operation),
                    picked.get("second", operation),
                    picked.get("wiring", wiring))),
        PocketNetwork::network);
  }

  /** One of the values, labelled by its name in lower case with hyphens. */
  private static <E extends Enum<E>> Pick<E> named(E[] values) {
    SequencedMap<String, Pick<E>> options = new LinkedHashMap<>();
    Arrays.stream(values)
        .forEach(value ->
            options.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), Pick.of(value)));
    return Pick.oneOf(options);
  }
}
