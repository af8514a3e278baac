package espalier.core.compose;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The decisions of a form in order: by option, then by what is below it; by the first part, then by
 * the next; shorter repetitions before longer ones.
 */
final class Ranking {
  private Ranking() {}

  /** Decision number {@code rank}, from 0 and less than the form's size. */
  static Decision at(Form form, BigInteger rank) {
    return switch (form) {
      case Form.Fixed _ -> new Decision.Fixed();
      case Form.OneOf choice -> option(choice, rank);
      case Form.AllOf all -> new Decision.AllOf(row(forms(all), rank));
      case Form.Several several -> repetition(several, rank);
    };
  }

  private static Decision option(Form.OneOf choice, BigInteger rank) {
    BigInteger left = rank;
    for (int i = 0; i < choice.options().size(); i++) {
      Form below = choice.options().get(i).below();
      if (left.compareTo(below.size()) < 0) {
        return new Decision.OneOf(i, at(below, left));
      }
      left = left.subtract(below.size());
    }
    throw new IllegalStateException("choice: no option has decision number " + rank);
  }

  private static Decision repetition(Form.Several several, BigInteger rank) {
    BigInteger left = rank;
    for (int count = several.least(); count <= several.most(); count++) {
      BigInteger size = several.each().size().pow(count);
      if (left.compareTo(size) < 0) {
        return new Decision.Several(row(copies(several, count), left));
      }
      left = left.subtract(size);
    }
    throw new IllegalStateException("repetitions: none has decision number " + rank);
  }

  /** A row in which the last decision changes fastest. */
  private static List<Decision> row(List<Form> forms, BigInteger rank) {
    Decision[] row = new Decision[forms.size()];
    BigInteger left = rank;
    for (int i = row.length - 1; i >= 0; i--) {
      BigInteger[] parts = left.divideAndRemainder(forms.get(i).size());
      row[i] = at(forms.get(i), parts[1]);
      left = parts[0];
    }
    return Arrays.asList(row);
  }

  /** The number of a decision. */
  static BigInteger of(Form form, Decision decision) {
    return switch (form) {
      case Form.Fixed _ -> BigInteger.ZERO;
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        BigInteger before = BigInteger.ZERO;
        for (int i = 0; i < taken.option(); i++) {
          before = before.add(choice.options().get(i).below().size());
        }
        yield before.add(of(choice.options().get(taken.option()).below(), taken.below()));
      }
      case Form.AllOf all -> ofRow(forms(all), ((Decision.AllOf) decision).parts());
      case Form.Several several -> {
        List<Decision> each = ((Decision.Several) decision).each();
        BigInteger before = BigInteger.ZERO;
        for (int count = several.least(); count < each.size(); count++) {
          before = before.add(several.each().size().pow(count));
        }
        yield before.add(ofRow(copies(several, each.size()), each));
      }
    };
  }

  private static BigInteger ofRow(List<Form> forms, List<Decision> row) {
    BigInteger rank = BigInteger.ZERO;
    for (int i = 0; i < forms.size(); i++) {
      rank = rank.multiply(forms.get(i).size()).add(of(forms.get(i), row.get(i)));
    }
    return rank;
  }

  private static List<Form> forms(Form.AllOf all) {
    return all.parts().stream().map(Form.Part::form).toList();
  }

  private static List<Form> copies(Form.Several several, int count) {
    List<Form> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(several.each());
    }
    return copies;
  }
}
