package espalier.compose;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Form;
import espalier.core.compose.Pick;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any composed space as a row of choices, whatever depends on what. */
final class RowsOfChoicesTest {
  private static final int MOST_ROWS = 5_000;

  @Provide
  static Arbitrary<Form> deep() {
    return form(4);
  }

  @Provide
  static Arbitrary<Form> shallow() {
    return form(3);
  }

  private static Arbitrary<Form> form(int depth) {
    Arbitrary<Form> fixed = Arbitraries.just(new Form.Fixed());
    if (depth == 0) {
      return fixed;
    }
    Arbitrary<Form> below = form(depth - 1);
    Arbitrary<Form> choice =
        below.list().ofMinSize(1).ofMaxSize(3).map(forms -> new Form.OneOf(options(forms), false));
    Arbitrary<Form> all = below.list().ofMaxSize(3).map(forms -> new Form.AllOf(parts(forms)));
    Arbitrary<Form> several =
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 2), below)
            .as((least, more, each) -> new Form.Several(least, least + more, each));
    return Arbitraries.oneOf(fixed, choice, choice, all, several);
  }

  private static List<Form.Option> options(List<Form> forms) {
    List<Form.Option> options = new ArrayList<>();
    forms.forEach(below -> options.add(new Form.Option("o" + options.size(), below)));
    return options;
  }

  private static List<Form.Part> parts(List<Form> forms) {
    List<Form.Part> parts = new ArrayList<>();
    forms.forEach(form -> parts.add(new Form.Part("p" + parts.size(), form)));
    return parts;
  }

  private static ComposedSpace<Decision> space(Form form) {
    return new ComposedSpace<>(
        "any", new Pick<>(form, decision -> decision), (_, _) -> Network.of(Layer.identity()));
  }

  private static int[] anyRow(ComposedSpace<?> space, Philox random) {
    int[] row = new int[space.options().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = random.below(i, space.options().get(i));
    }
    return row;
  }

  @Property(tries = 400, seed = "31")
  void anArchitectureIsReadFromItsRow(@ForAll("deep") Form form, @ForAll long seed) {
    ComposedSpace<Decision> space = space(form);
    Decision decision = space.sample(Philox.of(seed, "architectures"));
    int[] choices = space.choices(decision);
    boolean[] active = space.active(choices);
    assertThat(choices).hasSameSizeAs(space.options());
    for (int i = 0; i < choices.length; i++) {
      assertThat(choices[i]).isBetween(0, active[i] ? space.options().get(i) - 1 : 0);
    }
    assertThat(space.ofChoices(choices)).isEqualTo(decision);
  }

  @Property(tries = 400, seed = "32")
  void onlyWhatComesUpSaysAnything(@ForAll("deep") Form form, @ForAll long seed) {
    ComposedSpace<Decision> space = space(form);
    int[] row = anyRow(space, Philox.of(seed, "rows"));
    Decision decision = space.ofChoices(row);
    boolean[] active = space.active(row);
    for (int i = 0; i < row.length; i++) {
      int[] other = row.clone();
      other[i] = (row[i] + 1) % space.options().get(i);
      assertThat(space.ofChoices(other).equals(decision))
          .isEqualTo(!active[i] || other[i] == row[i]);
    }
    int[] choices = space.choices(decision);
    for (int i = 0; i < row.length; i++) {
      assertThat(choices[i]).isEqualTo(active[i] ? row[i] : 0);
    }
  }

  @Property(tries = 400, seed = "33")
  void whetherAChoiceComesUpFollowsFromThoseBeforeIt(@ForAll("deep") Form form, @ForAll long seed) {
    ComposedSpace<Decision> space = space(form);
    int[] row = anyRow(space, Philox.of(seed, "rows"));
    int[] other = anyRow(space, Philox.of(seed, "other rows"));
    boolean[] active = space.active(row);
    for (int i = 0; i < row.length; i++) {
      int[] mixed = other.clone();
      System.arraycopy(row, 0, mixed, 0, i);
      assertThat(space.active(mixed)[i]).isEqualTo(active[i]);
      assertThat(active[i] || i > 0).isTrue();
    }
  }

  @Property(tries = 200, seed = "34")
  void theRowsAreAllArchitecturesAndNoOthers(@ForAll("shallow") Form form) {
    ComposedSpace<Decision> space = space(form);
    BigInteger rows =
        space.options().stream()
            .map(BigInteger::valueOf)
            .reduce(BigInteger.ONE, BigInteger::multiply);
    Assume.that(rows.compareTo(BigInteger.valueOf(MOST_ROWS)) <= 0);
    Set<Decision> met = new HashSet<>();
    for (int number = 0; number < rows.intValue(); number++) {
      int[] row = new int[space.options().size()];
      int left = number;
      for (int i = 0; i < row.length; i++) {
        row[i] = left % space.options().get(i);
        left /= space.options().get(i);
      }
      met.add(space.ofChoices(row));
    }
    assertThat(BigInteger.valueOf(met.size())).isEqualTo(form.size());
  }
}
