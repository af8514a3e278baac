package espalier.core.plan;

import espalier.core.plan.Item.Value;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.Fn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which element-wise items are computed inside the pass of another one and never stored.
 *
 * <p>A pass is a root (an element-wise item or a reduction) and the items that dissolve in it. An
 * item dissolves where all its users' passes run over its own shape and there is just one such
 * pass, or where it is cheap and reads at most one operand of full size: computing it twice then
 * costs no memory traffic. What is added to a running sum of gradients is added at once. Each
 * function still rounds by itself, so fusing never changes a bit. The decision is a function of the
 * graph alone.
 */
final class Fusion {
  /** Steps of one expression beyond which a pass takes in no more items. */
  private static final int MOST_STEPS = 64;

  /** Tensors of full size that a sum reads at once; one of more is computed in parts. */
  private static final int MOST_STREAMS = 8;

  /** Elements from which on a sum in parts is worth its passes. */
  private static final int LARGE = 1 << 14;

  private final List<Set<Item>> passes = new ArrayList<>();
  private final List<List<Item>> users = new ArrayList<>();
  private final Set<Item> parts;
  private final int[] steps;

  Fusion(List<Item> items, Set<Item> stored) {
    for (int i = 0; i < items.size(); i++) {
      users.add(new ArrayList<>());
      passes.add(Set.of());
    }
    for (Item item : items) {
      for (Value input : item.inputs) {
        users.get(input.item().id).add(item);
      }
    }
    parts = parts(items);
    steps = new int[items.size()];
    for (Item item : items.reversed()) {
      passes.set(item.id, decide(item, users.get(item.id), stored.contains(item)));
      for (Item root : passes.get(item.id)) {
        steps[root.id]++;
      }
    }
  }

  /** Whether the item is stored in a buffer of its own. */
  boolean isStored(Item item) {
    return passes.get(item.id).contains(item);
  }

  /**
   * Whether the item is part of a sum of many tensors. Few are read at once, as processors follow
   * few at once, and a part can be computed while its terms are in a cache.
   */
  boolean isPart(Item item) {
    return parts.contains(item);
  }

  /** Whether the item dissolves in the pass of {@code root}. */
  boolean dissolves(Item item, Item root) {
    return item != root && passes.get(item.id).contains(root);
  }

  /** The items whose stored values the pass of {@code root} reads. */
  Set<Item> operands(Item root) {
    Set<Item> found = reached(root);
    found.removeIf(item -> item == root || dissolves(item, root));
    return found;
  }

  /** Whether the item is the root of a pass that sums nothing and takes no time to speak of. */
  boolean isQuickMap(Item root) {
    return isElementwise(root)
        && reached(root).stream()
            .filter(item -> item == root || dissolves(item, root))
            .allMatch(Fusion::isQuick);
  }

  /** The items of the pass of {@code root}, and those it reads. */
  private Set<Item> reached(Item root) {
    Set<Item> found = new LinkedHashSet<>(List.of(root));
    Deque<Item> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      for (Value input : open.removeLast().inputs) {
        if (found.add(input.item()) && dissolves(input.item(), root)) {
          open.add(input.item());
        }
      }
    }
    return found;
  }

  /** Whether the item is the root of a pass that is one expression. */
  static boolean isRoot(Item item) {
    return isElementwise(item) || item.op instanceof Reduce;
  }

  private static boolean isElementwise(Item item) {
    return item.op instanceof Pointwise || item.op instanceof Broadcast;
  }

  /** The shape a pass runs over. */
  static Shape iteration(Item root) {
    return root.op instanceof Reduce ? root.inputs.getFirst().shape() : root.shapes.getFirst();
  }

  private Set<Item> decide(Item item, List<Item> users, boolean stored) {
    boolean constant = item.op instanceof Constant;
    if (stored || isPart(item) || !(constant || isElementwise(item))) {
      return Set.of(item);
    }
    Set<Item> roots = new LinkedHashSet<>();
    for (Item user : users) {
      if (!isRoot(user)) {
        return Set.of(item);
      }
      roots.addAll(passes.get(user.id));
    }
    if (constant) {
      return roots;
    }
    if (accumulates(item, users)) {
      return Set.of(item);
    }
    for (Item root : roots) {
      boolean repeats =
          item.op instanceof Broadcast && item.shapes.getFirst().broadcastsTo(iteration(root));
      if (steps[root.id] >= MOST_STEPS
          || !(repeats || item.shapes.getFirst().equals(iteration(root)))) {
        return Set.of(item);
      }
    }
    return roots.size() == 1 || isCheap(item) ? roots : Set.of(item);
  }

  /**
   * Whether the item adds to a running sum what was computed for this sum alone. Added at once, a
   * term is still in a cache and its memory is free for the next one; a single pass over all terms
   * would have to keep them.
   */
  private boolean accumulates(Item item, List<Item> users) {
    return isSum(item)
        && users.size() == 1
        && isSum(users.getFirst())
        && item.inputs.stream()
            .anyMatch(input ->
                !isElementwise(input.item())
                    && !(input.item().op instanceof Constant)
                    && input.shape().equals(item.shapes.getFirst())
                    && this.users.get(input.item().id).size() == 1);
  }

  /** The sums to be stored so that no sum reads more than {@link #MOST_STREAMS} large tensors. */
  private Set<Item> parts(List<Item> items) {
    Set<Item> parts = new HashSet<>();
    List<Set<Value>> streams = new ArrayList<>();
    for (Item item : items) {
      Shape shape = item.shapes.getFirst();
      Set<Value> read = new HashSet<>();
      if (isElementwise(item) && shape.size() >= LARGE) {
        List<Value> whole =
            item.inputs.stream().filter(input -> input.shape().equals(shape)).toList();
        for (Value input : whole) {
          read.addAll(streams.get(input.item().id));
        }
        if (isSum(item) && read.size() > MOST_STREAMS) {
          whole.stream()
              .map(Value::item)
              .filter(sum -> isSum(sum) && users.get(sum.id).size() == 1)
              .max(Comparator.comparingInt(sum -> streams.get(sum.id).size()))
              .ifPresent(parts::add);
          read.clear();
          for (Value input : whole) {
            read.addAll(
                parts.contains(input.item()) ? Set.of(input) : streams.get(input.item().id));
          }
        }
      } else if (shape.size() >= LARGE) {
        read.add(item.output(0));
      }
      streams.add(read);
    }
    return parts;
  }

  private static boolean isSum(Item item) {
    return item.op instanceof Pointwise(Fn fn) && fn == Fn.ADD;
  }

  private static boolean isCheap(Item item) {
    if (item.op instanceof Broadcast) {
      return true;
    }
    long full =
        item.inputs.stream()
            .distinct()
            .filter(input -> input.shape().size() == item.shapes.getFirst().size())
            .count();
    return full <= 1 && isQuick(item);
  }

  private static boolean isQuick(Item item) {
    return !(item.op instanceof Pointwise(Fn fn))
        || switch (fn) {
          case EXP, LOG, TANH, SIGMOID, DIV, SQRT -> false;
          default -> true;
        };
  }
}
