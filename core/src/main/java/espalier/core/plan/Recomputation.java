package espalier.core.plan;

import espalier.core.tensor.Conv2d;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what is computed again instead of being kept: a cheap pass over one large tensor, such as
 * a normalisation and its ReLU, or a depthwise convolution of few taps, whose value is read once
 * when it is there and next only in the backward pass. Where that tensor is kept anyway, or
 * computed again itself, keeping the value too would cost writing it to memory and reading it back,
 * while computing it again is done in a cache.
 */
final class Recomputation {
  /** Floats written in between after which a value has left the caches. */
  private static final long FAR = 1L << 23;

  /** Elements from which on a value is worth it. */
  private static final int LARGE = 1 << 14;

  /** Taps up to which a depthwise convolution takes less time than moving what it gives. */
  private static final int FEW_TAPS = 25;

  private final List<Item> order;
  private final Fusion fusion;
  private final Map<Item, List<Integer>> readers = new HashMap<>();
  private final long[] written;

  private Recomputation(List<Item> order, Fusion fusion) {
    this.order = order;
    this.fusion = fusion;
    this.written = new long[order.size() + 1];
    for (int at = 0; at < order.size(); at++) {
      for (Item operand : fusion.operands(order.get(at))) {
        readers.computeIfAbsent(operand, item -> new ArrayList<>()).add(at);
      }
      written[at + 1] = written[at];
      for (var shape : order.get(at).shapes) {
        written[at + 1] += shape.size();
      }
    }
  }

  /**
   * What is computed again, by the item before which it is.
   *
   * @param order the stored items as they are computed
   * @param kept items whose values leave the program
   */
  static Map<Item, List<Item>> of(List<Item> order, Set<Item> kept, Fusion fusion) {
    Recomputation found = new Recomputation(order, fusion);
    Map<Item, List<Item>> again = new HashMap<>();
    // What is computed again reads its operands there, so it comes before them.
    for (Item item : order.reversed()) {
      List<Integer> readers = found.readersOf(item);
      if (!kept.contains(item) && readers.size() > 1 && found.pays(item, readers)) {
        int place = readers.get(1);
        again.computeIfAbsent(order.get(place), reader -> new ArrayList<>()).addFirst(item);
        found.addReader(fusion.operands(item), place);
      }
    }
    return again;
  }

  private void addReader(Set<Item> operands, int place) {
    for (Item operand : operands) {
      List<Integer> places = readers.computeIfAbsent(operand, read -> new ArrayList<>());
      int found = Collections.binarySearch(places, place);
      if (found < 0) {
        places.add(-found - 1, place);
      }
    }
  }

  /** Where in the order the item's value is read. */
  private List<Integer> readersOf(Item item) {
    return readers.getOrDefault(item, List.of());
  }

  private boolean pays(Item item, List<Integer> readers) {
    int size = item.shapes.getFirst().size();
    if (size < LARGE || !isCheap(item) || isRenamed(readers)) {
      return false;
    }
    List<Item> large =
        fusion.operands(item).stream()
            .filter(operand -> operand.shapes.getFirst().size() >= size)
            .toList();
    int again = readers.get(1);
    return large.size() == 1
        && written[again] - written[readers.getFirst() + 1] >= FAR
        && readersOf(large.getFirst()).getLast() >= again;
  }

  private boolean isCheap(Item item) {
    return fusion.isQuickMap(item) || isQuickDepthwise(item);
  }

  private static boolean isQuickDepthwise(Item item) {
    if (!(item.op instanceof Conv2d conv)) {
      return false;
    }
    Shape w = item.inputs.get(1).shape();
    boolean depthwise = conv.groups() > 1 && w.get(2) == 1 && w.get(3) == conv.groups();
    return depthwise && w.get(0) * w.get(1) <= FEW_TAPS;
  }

  /** Whether a reader gives the value's memory another shape, and others read that. */
  private boolean isRenamed(List<Integer> readers) {
    return readers.stream().anyMatch(at -> order.get(at).op instanceof Reshape);
  }
}
