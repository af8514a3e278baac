package espalier.core.plan;

import espalier.core.plan.Item.Value;
import espalier.core.tensor.Feed;
import espalier.core.tensor.Lowering;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a computation into a program: equal expressions are merged, what nothing reads is dropped,
 * element-wise chains become single passes, and buffers share one arena. Everything here is a
 * function of the graph alone, so the same graph always yields the same bits.
 */
public final class Planner {
  /** Terms from which on a sum is worth a place of its own. */
  private static final int LARGE_SUM = 1 << 13;

  private final Draft draft = new Draft();
  private final Map<Value, Ref> buffers = new HashMap<>();
  private final Map<String, Ref> feeds = new LinkedHashMap<>();
  private final Map<String, Ref> readers = new HashMap<>();
  private final CommonExpressions expressions;
  private final Set<Item> kept;
  private final Fusion fusion;

  private Planner(Computation computation) {
    expressions = CommonExpressions.of(computation);
    kept = new HashSet<>();
    computation.results().forEach(tensor -> kept.add(source(tensor).item()));
    computation.assigns().values().forEach(tensor -> kept.add(source(tensor).item()));
    fusion = new Fusion(expressions.items(), kept);
  }

  /** Plans {@code computation}. */
  public static Program plan(Computation computation) {
    return new Planner(computation).run(computation);
  }

  private Program run(Computation computation) {
    List<Item> order = inOrder().stream().flatMap(List::stream).toList();
    Map<Item, List<Item>> again = Recomputation.of(order, kept, fusion);
    for (Item item : order) {
      again.getOrDefault(item, List.of()).forEach(this::compute);
      lower(item);
    }
    List<Ref> results = computation.results().stream().map(this::result).toList();
    assign(computation.assigns(), results);
    return draft.program(feeds, results);
  }

  /**
   * The stored items, by the item of the graph after which they are computed. That is itself, but a
   * sum over a large tensor is computed as soon as that is there: it may still be in a cache, and
   * the little the sum yields costs nothing to keep. So is a part of a sum of many tensors. A sum
   * over several tensors at once waits until it is needed: it meets some of them cold whenever it
   * is computed, and who needs it reads them again.
   */
  private List<List<Item>> inOrder() {
    List<List<Item>> order = new ArrayList<>();
    int[] place = new int[expressions.items().size()];
    for (Item item : expressions.items()) {
      order.add(new ArrayList<>());
      place[item.id] = item.id;
      if (fusion.isStored(item)) {
        if (sumsOneTensor(item) || fusion.isPart(item)) {
          place[item.id] =
              fusion.operands(item).stream().mapToInt(on -> place[on.id]).max().orElse(item.id);
        }
        order.get(place[item.id]).add(item);
      }
    }
    return order;
  }

  /** Whether the item sums a tensor of a batch of images into something per channel. */
  private boolean sumsOneTensor(Item item) {
    if (!(item.op instanceof Reduce)) {
      return false;
    }
    int terms = item.inputs.getFirst().shape().size();
    int sums = item.shapes.getFirst().size();
    return terms >= LARGE_SUM
        && sums > 1
        && sums <= terms / 64
        && fusion.operands(item).stream()
                .filter(operand -> operand.shapes.getFirst().size() >= terms)
                .count()
            == 1;
  }

  /** The value whose buffer a tensor ends up in: reshapes share their operand's. */
  private Value source(Tensor tensor) {
    Value value = expressions.value(tensor);
    while (value.item().op instanceof Reshape) {
      value = value.item().inputs.getFirst();
    }
    return value;
  }

  private Ref buffer(Value value) {
    Ref ref = buffers.get(value);
    if (ref == null) {
      throw new IllegalStateException(value.item().op.name() + " has no buffer");
    }
    return ref;
  }

  /** A result must not share memory with a variable that the run may overwrite. */
  private Ref result(Tensor tensor) {
    Ref ref = buffer(expressions.value(tensor));
    return draft.isVariable(ref) ? copy(ref) : ref;
  }

  private Ref copy(Ref source) {
    Ref target = draft.arena(draft.type(source), draft.elements(source));
    copy(source, target);
    return target;
  }

  private void copy(Ref source, Ref target) {
    Dims extents = Dims.of(draft.elements(source));
    Dims step = Dims.of(1);
    draft.emit(new Call.Copy(extents, source, 0, step, target, 0, step));
  }

  /**
   * Overwrites the variables. One that is also a result gets a copy: what was answered must not
   * change when the variable does.
   */
  private void assign(Map<String, Tensor> assigns, List<Ref> results) {
    Map<String, Ref> values = new LinkedHashMap<>();
    assigns.forEach((name, tensor) -> {
      Ref ref = buffer(expressions.value(tensor));
      values.put(name, draft.isVariable(ref) ? copy(ref) : ref);
    });
    Map<String, Ref> copies = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      Ref variable = readers.get(name);
      if (variable == null) {
        variable = draft.variable(name, draft.elements(value));
      }
      if (results.contains(value) || !draft.writeInPlace(value, variable)) {
        copies.put(name, value);
      }
    });
    copies.forEach((name, value) -> copy(value, draft.variable(name, draft.elements(value))));
  }

  private void lower(Item item) {
    switch (item.op) {
      case Feed feed -> {
        Ref ref = draft.arena(item.type, feed.shape().size());
        feeds.put(feed.feed(), ref);
        buffers.put(item.output(0), ref);
      }
      case ReadVariable read -> {
        Ref ref = draft.variable(read.variable(), read.shape().size());
        readers.put(read.variable(), ref);
        buffers.put(item.output(0), ref);
      }
      case Reshape reshape -> buffers.put(item.output(0), buffer(item.inputs.getFirst()));
      default -> compute(item);
    }
  }

  private void compute(Item item) {
    for (int i = 0; i < item.shapes.size(); i++) {
      buffers.put(item.output(i), draft.arena(item.type, item.shapes.get(i).size()));
    }
    if (Fusion.isRoot(item)) {
      draft.emit(new Pass(item, fusion, this::buffer).call(buffer(item.output(0))));
    } else {
      item.op.lower(new Place(item));
    }
  }

  private final class Place implements Lowering {
    private final Item item;

    Place(Item item) {
      this.item = item;
    }

    @Override
    public int inputs() {
      return item.inputs.size();
    }

    @Override
    public Ref input(int i) {
      return buffer(item.inputs.get(i));
    }

    @Override
    public Shape inputShape(int i) {
      return item.inputs.get(i).shape();
    }

    @Override
    public Ref output(int i) {
      return buffer(item.output(i));
    }

    @Override
    public Shape outputShape(int i) {
      return item.shapes.get(i);
    }

    @Override
    public void emit(Call call) {
      draft.emit(call);
    }
  }
}
