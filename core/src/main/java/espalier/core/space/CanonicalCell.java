package espalier.core.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The function of a cell as a key: identities are transparent, zeros vanish, what reaches no output
 * is gone, sums and the concatenation have no order.
 */
final class CanonicalCell {
  /*
   * The value of a state is a sum of atoms: inputs, and operations applied to sums. A fixed
   * operation of equal sums is one atom; a weighted one is an atom per edge, because y + y with one
   * convolution and y + y' with two are different functions. Atoms that print alike are told apart by
   * numbers, and the key is the least print over all ways to number them. Cells have few
   * edges, so there are few ways.
   */

  /**
   * An operation of a sum, or an input. Sums are ids of atoms, sorted; inputs are the first ids.
   */
  private record Atom(String label, List<Integer> operand) {}

  private final List<Atom> atoms = new ArrayList<>();
  private final int inputs;

  private CanonicalCell(int inputs) {
    this.inputs = inputs;
  }

  /** The key; {@code reduction} if edges from inputs have stride 2. */
  static String key(Cell cell, boolean reduction) {
    return new CanonicalCell(cell.inputs()).build(cell, reduction);
  }

  private String build(Cell cell, boolean reduction) {
    List<List<Integer>> sums = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      sums.add(List.of(add(new Atom("in" + i, List.of()))));
    }
    for (List<Cell.Edge> edges : cell.nodes()) {
      List<Integer> sum = new ArrayList<>();
      for (Cell.Edge edge : edges) {
        List<Integer> operand = sums.get(edge.from());
        boolean halves = reduction && edge.from() < inputs;
        Atom atom = new Atom(edge.operation().label() + (halves ? "/2" : ""), operand);
        switch (edge.operation().kind(halves ? 2 : 1)) {
          case ZERO -> {}
          case IDENTITY -> sum.addAll(operand);
          case FIXED -> {
            // A fixed operation of nothing is nothing: pools of zeros are zeros.
            if (!operand.isEmpty()) {
              int known = atoms.indexOf(atom);
              sum.add(known < 0 ? add(atom) : known);
            }
          }
          case WEIGHTED -> sum.add(add(atom));
        }
      }
      sums.add(sum.stream().sorted().toList());
    }
    return least(cell.outputs().stream().map(sums::get).toList());
  }

  private int add(Atom atom) {
    atoms.add(atom);
    return atoms.size() - 1;
  }

  /** The least print of the outputs over all numberings of the live atoms that print alike. */
  private String least(List<List<Integer>> outputs) {
    int[] none = new int[atoms.size()];
    boolean[] live = new boolean[atoms.size()];
    outputs.forEach(sum -> mark(sum, live));
    Map<String, List<Integer>> alike = new TreeMap<>();
    for (int atom = 0; atom < live.length; atom++) {
      if (live[atom]) {
        alike.computeIfAbsent(print(atom, none), print -> new ArrayList<>()).add(atom);
      }
    }
    List<List<Integer>> twins = alike.values().stream().filter(g -> g.size() > 1).toList();
    return least(outputs, twins, 0, 0, none);
  }

  private String least(
      List<List<Integer>> outputs, List<List<Integer>> twins, int group, int next, int[] numbers) {
    if (group == twins.size()) {
      return print(outputs, numbers);
    }
    List<Integer> members = twins.get(group);
    if (next == members.size()) {
      return least(outputs, twins, group + 1, 0, numbers);
    }
    String least = "";
    for (int atom : members) {
      if (numbers[atom] == 0) {
        numbers[atom] = next + 1;
        String print = least(outputs, twins, group, next + 1, numbers);
        numbers[atom] = 0;
        least = least.isEmpty() || print.compareTo(least) < 0 ? print : least;
      }
    }
    return least;
  }

  private void mark(List<Integer> sum, boolean[] live) {
    for (int atom : sum) {
      if (!live[atom]) {
        live[atom] = true;
        mark(atoms.get(atom).operand(), live);
      }
    }
  }

  private String print(List<List<Integer>> outputs, int[] numbers) {
    return "[" + sorted(outputs.stream().map(sum -> sum(sum, numbers)).toList(), ", ") + "]";
  }

  private String sum(Collection<Integer> sum, int[] numbers) {
    return sorted(sum.stream().map(atom -> print(atom, numbers)).toList(), "+");
  }

  private String print(int id, int[] numbers) {
    Atom atom = atoms.get(id);
    String number = numbers[id] == 0 ? "" : "#" + numbers[id];
    return id < inputs
        ? atom.label()
        : atom.label() + number + "(" + sum(atom.operand(), numbers) + ")";
  }

  private static String sorted(List<String> parts, String separator) {
    return String.join(separator, parts.stream().sorted().toList());
  }
}
