package espalier.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places blocks that live for a range of steps so that those alive together do not overlap. */
final class Arena {
  /*
   * Largest first, each at the lowest offset that is free for its whole life [1]. Near the largest
   * live set in practice, and a function of the blocks alone.
   * [1] Pisarchyk, Lee: Efficient Memory Management for Deep Neural Net Inference, 2020,
   *     "greedy by size".
   */

  /** Offsets are multiples of this many elements: one cache line. */
  private static final int ALIGNMENT = 16;

  private final List<Block> blocks = new ArrayList<>();

  /** Memory wanted from step {@code first} to step {@code last}, both included. */
  static final class Block {
    private final int size;
    private final int first;
    private final int last;
    private int offset = -1;

    private Block(int size, int first, int last) {
      this.size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      this.first = first;
      this.last = last;
    }

    /** Where it was placed, in elements. */
    int offset() {
      return offset;
    }

    private boolean meets(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  Block block(int size, int first, int last) {
    Block block = new Block(size, first, last);
    blocks.add(block);
    return block;
  }

  /** Gives every block its offset; answers the elements needed in all. */
  int place() {
    List<Block> bySize = new ArrayList<>(blocks);
    bySize.sort(Comparator.comparingInt((Block block) -> block.size).reversed());
    List<Block> placed = new ArrayList<>(); // by offset
    int total = 0;
    for (Block block : bySize) {
      int offset = 0;
      for (Block other : placed) {
        if (other.offset >= offset + block.size) {
          break;
        }
        if (block.meets(other)) {
          offset = Math.max(offset, other.offset + other.size);
        }
      }
      block.offset = offset;
      total = Math.max(total, Math.addExact(offset, block.size));
      insert(placed, block);
    }
    return total;
  }

  private static void insert(List<Block> placed, Block block) {
    int low = 0;
    int high = placed.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (placed.get(middle).offset <= block.offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    placed.add(low, block);
  }
}
