package espalier.kernels.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a backend needs to compute one graph: the buffers, the calls in order, where feeds are
 * copied to before the first call and which buffers hold the results after the last.
 *
 * @param buffers all buffers, named by position
 * @param steps the calls, each with its scratch
 * @param feeds feed name to buffer, in declaration order
 * @param results result buffers
 * @param arenaElements size of the arena of each type, in elements
 * @param chains runs of steps that may be computed image by image, in order and apart
 */
public record Program(
    List<Buffer> buffers,
    List<Step> steps,
    Map<String, Ref> feeds,
    List<Ref> results,
    Map<DType, Integer> arenaElements,
    List<Chain> chains) {

  /** A program to be computed step by step. */
  public Program(
      List<Buffer> buffers,
      List<Step> steps,
      Map<String, Ref> feeds,
      List<Ref> results,
      Map<DType, Integer> arenaElements) {
    this(buffers, steps, feeds, results, arenaElements, List.of());
  }

  public Program {
    buffers = List.copyOf(buffers);
    steps = List.copyOf(steps);
    feeds = Collections.unmodifiableMap(new LinkedHashMap<>(feeds));
    results = List.copyOf(results);
    arenaElements = Map.copyOf(arenaElements);
    chains = List.copyOf(chains);
  }

  /**
   * One call and the arena offset of its {@link Call#scratch()} float elements (0 where it needs
   * none).
   */
  public record Step(Call call, int scratchOffset) {}

  /**
   * Steps {@code from … to − 1}, all of which have an {@link ImageCut} into {@code images} and may
   * be run piece by piece: the first images through all of them, then the next. No step but the
   * last needs the sum of another over all images, and no two of their buffers and scratches share
   * memory, unless image by image the one takes the other's place.
   */
  public record Chain(int from, int to, int images) {}

  /** The buffer {@code ref} names. */
  public Buffer buffer(Ref ref) {
    return buffers.get(ref.id());
  }

  /** Elements of the arena of {@code type}. */
  public int arenaElements(DType type) {
    return arenaElements.getOrDefault(type, 0);
  }

  /** Bytes of the arenas. */
  public long arenaBytes() {
    long bytes = 0;
    for (DType type : DType.values()) {
      bytes += (long) arenaElements(type) * type.bytes();
    }
    return bytes;
  }
}
