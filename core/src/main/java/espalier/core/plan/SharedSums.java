package espalier.core.plan;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Joins reductions over the same points where one reads all the large tensors that the other does:
 * a single pass then reads them once for both. The gradient of a normalisation, for one, needs the
 * sums of {@code dy} and of {@code dy·x}. Every sum keeps its own chains, so no bit changes.
 */
final class SharedSums {
  /** Calls back to look for one to join. */
  private static final int WINDOW = 8;

  /** Steps and operands of a joint expression, at most. */
  private static final int MOST_STEPS = 32;

  private final ToIntFunction<Ref> elements;
  private final List<Call> joined = new ArrayList<>();

  private SharedSums(ToIntFunction<Ref> elements) {
    this.elements = elements;
  }

  /**
   * The calls, fewer where reductions could be joined.
   *
   * @param elements elements of a buffer
   */
  static List<Call> join(List<Call> calls, ToIntFunction<Ref> elements) {
    SharedSums sums = new SharedSums(elements);
    calls.forEach(sums::add);
    return sums.joined;
  }

  private void add(Call call) {
    if (!(call instanceof Call.Reduce reduce) || !joinsEarlier(reduce)) {
      joined.add(call);
    }
  }

  /** Lets an earlier reduction compute {@code later} too, if there is one when it could run. */
  private boolean joinsEarlier(Call.Reduce later) {
    Set<Ref> needed = new HashSet<>(later.reads());
    for (int i = joined.size() - 1; i >= Math.max(0, joined.size() - WINDOW); i--) {
      if (joined.get(i).writes().stream().anyMatch(needed::contains)) {
        return false;
      }
      if (joined.get(i) instanceof Call.Reduce earlier) {
        Optional<Call.Reduce> both = both(earlier, later);
        if (both.isPresent()) {
          joined.set(i, both.get());
          return true;
        }
      }
    }
    return false;
  }

  private Optional<Call.Reduce> both(Call.Reduce a, Call.Reduce b) {
    Set<Ref> largeOfA = large(a);
    Set<Ref> largeOfB = large(b);
    boolean shares =
        !largeOfA.isEmpty()
            && !largeOfB.isEmpty()
            && (largeOfA.containsAll(largeOfB) || largeOfB.containsAll(largeOfA));
    boolean isSmall = a.expr().values() + b.expr().values() <= MOST_STEPS;
    if (!shares
        || !isSmall
        || a.kind() != b.kind()
        || !a.shape().equals(b.shape())
        || a.from() != b.from()
        || a.to() != b.to()) {
      return Optional.empty();
    }
    List<Operand> inputs = new ArrayList<>(new LinkedHashSet<>(a.inputs()));
    b.inputs().stream().filter(input -> !inputs.contains(input)).forEach(inputs::add);
    List<Expr.Step> steps = new ArrayList<>();
    List<Integer> results = new ArrayList<>();
    append(a, inputs, steps, results);
    append(b, inputs, steps, results);
    List<Ref> outputs = new ArrayList<>(a.outputs());
    outputs.addAll(b.outputs());
    return Optional.of(
        new Call.Reduce(
            a.kind(),
            a.shape(),
            a.from(),
            a.to(),
            new Expr(inputs.size(), steps, results),
            inputs,
            outputs));
  }

  /** Appends the code of {@code call}, whose inputs are numbered as in {@code inputs}. */
  private static void append(
      Call.Reduce call, List<Operand> inputs, List<Expr.Step> steps, List<Integer> results) {
    int[] numbers = new int[call.expr().values()];
    int n = 0;
    for (Operand input : call.inputs()) {
      numbers[n++] = inputs.indexOf(input);
    }
    for (Expr.Step step : call.expr().steps()) {
      numbers[n++] = inputs.size() + steps.size();
      steps.add(new Expr.Step(step.fn(), numbers[step.a()], numbers[step.b()], step.constant()));
    }
    call.expr().results().forEach(result -> results.add(numbers[result]));
  }

  /** The operands that the call reads once, element by element. */
  private Set<Ref> large(Call.Reduce call) {
    Set<Ref> large = new HashSet<>(call.reads());
    large.removeIf(ref -> elements.applyAsInt(ref) < call.shape().product());
    return large;
  }
}
