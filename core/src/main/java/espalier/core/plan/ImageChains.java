package espalier.core.plan;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.ImageCut;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Finds the runs of calls that can be computed image by image: from one point where all images have
 * to come together, as they do for batch statistics, to the next. What one call leaves of an image
 * is then still in a cache when the next one reads it.
 */
final class ImageChains {
  /** Elements of an image below which a call is done before it is cut. */
  private static final int SMALLEST_IMAGE = 256;

  private final int images;
  private final ToIntFunction<Ref> elements;
  private final Function<Ref, Object> memory;
  private final List<Program.Chain> chains = new ArrayList<>();

  /* The open chain. Memory is known by what occupies it, for two buffers may take turns there. */
  private int from;
  private int links;
  private int unit = 1;
  private boolean hands;
  private final Map<Object, Integer> perImage = new HashMap<>();
  private final Set<Object> shared = new HashSet<>();
  private final Set<Object> summed = new HashSet<>();
  private final Set<Object> written = new HashSet<>();

  private ImageChains(int images, ToIntFunction<Ref> elements, Function<Ref, Object> memory) {
    this.images = images;
    this.elements = elements;
    this.memory = memory;
  }

  /**
   * The chains of {@code calls}, in order.
   *
   * @param elements elements of a buffer
   * @param memory what two buffers have in common if they share memory
   */
  static List<Program.Chain> of(
      List<Call> calls, ToIntFunction<Ref> elements, Function<Ref, Object> memory) {
    Optional<Integer> images = calls.stream().flatMap(call -> batch(call).stream()).findFirst();
    if (images.isEmpty() || images.get() < 2) {
      return List.of();
    }
    ImageChains found = new ImageChains(images.get(), elements, memory);
    for (int s = 0; s < calls.size(); s++) {
      found.take(s, calls.get(s));
    }
    found.close();
    return List.copyOf(found.chains);
  }

  private static Optional<Integer> batch(Call call) {
    return call instanceof Call.Conv2d conv
        ? Optional.of(conv.geometry().batch())
        : Optional.empty();
  }

  private void take(int step, Call call) {
    Optional<ImageCut> cut = ImageCut.of(call, images, elements).filter(ImageChains::isLarge);
    if (cut.isEmpty()) {
      close();
      return;
    }
    if (!joins(call, cut.get())) {
      close();
    }
    if (links == 0) {
      from = step;
    }
    add(call, cut.get());
  }

  private static boolean isLarge(ImageCut cut) {
    return cut.perImage().values().stream().anyMatch(elements -> elements >= SMALLEST_IMAGE);
  }

  private boolean joins(Call call, ImageCut cut) {
    for (Ref ref : call.reads()) {
      Object place = memory.apply(ref);
      if (summed.contains(place) || !keepsRole(place, own(cut, ref))) {
        return false;
      }
    }
    for (Ref ref : call.writes()) {
      Object place = memory.apply(ref);
      OptionalInt own = own(cut, ref);
      if (summed.contains(place)
          || !keepsRole(place, own)
          || (own.isEmpty() && shared.contains(place))) {
        return false;
      }
    }
    return 2L * common(unit, cut.unit()) <= images;
  }

  /** Whether the memory is cut as in the links before. */
  private boolean keepsRole(Object place, OptionalInt own) {
    return own.isEmpty()
        ? !perImage.containsKey(place)
        : !shared.contains(place) && perImage.getOrDefault(place, own.getAsInt()) == own.getAsInt();
  }

  private static OptionalInt own(ImageCut cut, Ref ref) {
    return cut.perImage().containsKey(ref)
        ? OptionalInt.of(cut.perImage().get(ref))
        : OptionalInt.empty();
  }

  private void add(Call call, ImageCut cut) {
    links++;
    unit = common(unit, cut.unit());
    for (Ref ref : call.reads()) {
      hands |= written.contains(memory.apply(ref));
      note(ref, cut, shared);
    }
    for (Ref ref : call.writes()) {
      note(ref, cut, summed);
      written.add(memory.apply(ref));
    }
  }

  private void note(Ref ref, ImageCut cut, Set<Object> whole) {
    OptionalInt own = own(cut, ref);
    if (own.isEmpty()) {
      whole.add(memory.apply(ref));
    } else {
      perImage.put(memory.apply(ref), own.getAsInt());
    }
  }

  private void close() {
    if (links > 1 && hands) {
      chains.add(new Program.Chain(from, from + links, images));
    }
    links = 0;
    unit = 1;
    hands = false;
    perImage.clear();
    shared.clear();
    summed.clear();
    written.clear();
  }

  /** The least common multiple. */
  private static int common(int a, int b) {
    int high = a;
    int low = b;
    while (low != 0) {
      int rest = high % low;
      high = low;
      low = rest;
    }
    return a / high * b;
  }
}
