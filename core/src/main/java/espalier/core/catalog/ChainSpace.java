package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The chain space of Zoph and Le [2017]: for each layer the height, the width and the number of its
 * filters, its stride, whether it is pooled, and at an anchor point which layers before it it
 * reads.
 */
public final class ChainSpace {
  private static final List<Integer> EXTENTS = List.of(1, 3, 5, 7);
  private static final List<Integer> FILTERS = List.of(24, 36, 48, 64);
  private static final List<Integer> STRIDES = List.of(1, 2);

  private ChainSpace() {}

  /** Chains of {@code least} to {@code most} layers. */
  public static ComposedSpace<ChainNetwork> of(int least, int most) {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "chain space: %d to %d layers, expected at least 1 and no fewer at most"
              .formatted(least, most));
    }
    List<Pick<ChainNetwork.Layer>> layers = new ArrayList<>();
    while (layers.size() < most) {
      layers.add(layer(layers.size()));
    }
    SequencedMap<String, Pick<List<ChainNetwork.Layer>>> depths = new LinkedHashMap<>();
    for (int depth = least; depth <= most; depth++) {
      depths.put(Integer.toString(depth), Pick.each(layers.subList(0, depth)));
    }
    return new ComposedSpace<>(
        "chain", Pick.oneOf(depths).map(ChainNetwork::new), ChainNetwork::network);
  }

  private static Pick<ChainNetwork.Layer> layer(int index) {
    Pick<Integer> extent = Pick.ordered(EXTENTS);
    Pick<Integer> filters = Pick.ordered(FILTERS);
    Pick<Integer> stride = Pick.ordered(STRIDES);
    Pick<ChainNetwork.Pooling> pooling = Pick.among(List.of(ChainNetwork.Pooling.values()));
    Pick<Boolean> anchor = Pick.among(List.of(false, true));
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("height", extent);
    parts.put("width", extent);
    parts.put("filters", filters);
    parts.put("stride", stride);
    parts.put("pool", pooling);
    for (int before = 0; before < index; before++) {
      parts.put("from" + before, anchor);
    }
    return Pick.all(
        parts,
        picked -> {
          List<Integer> inputs = new ArrayList<>();
          for (int before = 0; before < index; before++) {
            if (picked.get("from" + before, anchor)) {
              inputs.add(before);
            }
          }
          return new ChainNetwork.Layer(
              picked.get("height", extent),
              picked.get("width", extent),
              picked.get("filters", filters),
              picked.get("stride", stride),
              picked.get("pool", pooling),
              inputs);
        });
  }
}
