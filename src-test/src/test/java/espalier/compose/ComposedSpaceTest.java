package espalier.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Pick;
import espalier.core.io.DataException;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows from a space's choices, on a space small enough to see all of it. */
final class ComposedSpaceTest {
  private static final Network NOTHING = Network.of(Layer.identity());

  /** A block of a network: its kernel and its width, or nothing. */
  private record Block(int kernel, Optional<Integer> width) {}

  /** One or two blocks, and a rate. */
  private record Plan(List<Block> blocks, String rate) {}

  private static ComposedSpace<Plan> space() {
    Pick<Integer> kernel = Pick.ordered(List.of(3, 5, 7));
    Pick<Optional<Integer>> width = Pick.among(List.of(8, 16)).optional();
    Pick<Block> conv =
        Pick.all(
            parts("kernel", kernel, "width", width),
            picked -> new Block(picked.get("kernel", kernel), picked.get("width", width)));
    SequencedMap<String, Pick<Block>> options = new LinkedHashMap<>();
    options.put("skip", Pick.of(new Block(0, Optional.empty())));
    options.put("conv", conv);
    Pick<List<Block>> blocks = Pick.oneOf(options).several(1, 2);
    Pick<String> rate = Pick.among(List.of("slow", "fast"));
    return new ComposedSpace<>(
        "plans",
        Pick.all(
            parts("blocks", blocks, "rate", rate),
            picked -> new Plan(picked.get("blocks", blocks), picked.get("rate", rate))),
        (plan, classes) -> NOTHING);
  }

  private static SequencedMap<String, Pick<?>> parts(
      String first, Pick<?> one, String second, Pick<?> other) {
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put(first, one);
    parts.put(second, other);
    return parts;
  }

  private static final ComposedSpace<Plan> SPACE = space();

  /** A block is nothing or one of 3 · 3; there are 10 or 100 of them, at two rates. */
  private static final int SIZE = 2 * (10 + 100);

  private static List<Decision> all() {
    return IntStream.range(0, SIZE).mapToObj(i -> SPACE.at(BigInteger.valueOf(i))).toList();
  }

  @Test
  void everyNumberIsAnotherArchitectureAndAnotherMeaning() {
    assertThat(SPACE.size()).isEqualTo(new Size.Exact(BigInteger.valueOf(SIZE)));
    List<Decision> all = all();
    assertThat(new HashSet<>(all)).hasSize(SIZE);
    assertThat(new HashSet<>(all.stream().map(SPACE::value).toList())).hasSize(SIZE);
    for (int i = 0; i < SIZE; i++) {
      assertThat(SPACE.rank(all.get(i))).isEqualTo(BigInteger.valueOf(i));
    }
    assertThatThrownBy(() -> SPACE.at(BigInteger.valueOf(SIZE)))
        .hasMessage("space 'plans': architecture number 220, expected 0 or more and less than 220");
  }

  @Test
  void aDecisionMeansWhatItPrints() {
    Decision decision =
        SPACE.parse("{blocks: [conv{kernel: 5, width: some(16)}, skip], rate: fast}");
    assertThat(SPACE.value(decision))
        .isEqualTo(
            new Plan(
                List.of(new Block(5, Optional.of(16)), new Block(0, Optional.empty())), "fast"));
    assertThat(SPACE.parse(" { blocks:[ skip ] ,rate :slow } "))
        .isEqualTo(SPACE.parse("{blocks: [skip], rate: slow}"));
  }

  @Test
  void everyArchitectureIsReadAsItWasPrinted() {
    Set<String> printed = new HashSet<>();
    for (Decision decision : all()) {
      String text = SPACE.print(decision);
      assertThat(SPACE.parse(text)).isEqualTo(decision);
      printed.add(text);
    }
    assertThat(printed).hasSize(SIZE);
  }

  @Test
  void wrongTextIsAnErrorThatNamesThePlaceAndWhatWasExpected() {
    assertError(
        "{blocks: [skap], rate: slow}", "unknown option 'skap' at 11; did you mean 'skip'?");
    assertError("{blocks: [], rate: slow}", "0 repetitions before 11, expected 1 to 2");
    assertError("{blocks: [skip], speed: slow}", "found 's' at 18, expected 'rate'");
    assertError("{blocks: [skip], rate: }", "found '}' at 24, expected one of slow, fast");
    assertError("{blocks: [skip], rate: slow} x", "found 'x' at 30, expected the end");
    assertError("{blocks: [conv{kernel: 3", "found the end at 25, expected ','");
  }

  private static void assertError(String text, String message) {
    assertThatThrownBy(() -> SPACE.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessage("architecture: " + message);
  }

  @Test
  void samplesAreUniform() {
    int draws = 100 * SIZE;
    Map<Decision, Integer> counts = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      counts.merge(SPACE.sample(Philox.of(7, "uniform").trial(i)), 1, Integer::sum);
    }
    double statistic = 0;
    for (Decision decision : all()) {
      double difference = counts.getOrDefault(decision, 0) - 100.0;
      statistic += difference * difference / 100;
    }
    // χ² of 219 degrees of freedom: mean 219, deviation 21; five of them to either side.
    assertThat(statistic).isBetween(114.0, 324.0);
  }

  @Test
  void neighboursAreOneChangeAway() {
    Decision decision = SPACE.parse("{blocks: [conv{kernel: 3, width: none}], rate: slow}");
    assertThat(SPACE.neighbours(decision).stream().map(SPACE::print))
        .containsExactlyInAnyOrder(
            "{blocks: [skip], rate: slow}",
            "{blocks: [conv{kernel: 5, width: none}], rate: slow}",
            "{blocks: [conv{kernel: 3, width: some(8)}], rate: slow}",
            "{blocks: [conv{kernel: 3, width: none}, conv{kernel: 3, width: none}], rate: slow}",
            "{blocks: [conv{kernel: 3, width: none}], rate: fast}");
  }

  @Test
  void everyArchitectureIsReachedByChangesFromAnyOther() {
    for (Decision start : List.of(SPACE.at(BigInteger.ZERO), SPACE.at(BigInteger.valueOf(217)))) {
      Set<Decision> reached = new HashSet<>(Set.of(start));
      List<Decision> border = List.of(start);
      while (!border.isEmpty()) {
        border =
            border.stream()
                .flatMap(d -> SPACE.neighbours(d).stream())
                .filter(reached::add)
                .toList();
      }
      assertThat(reached).hasSize(SIZE);
    }
  }

  @Test
  void mutationsDifferAndReachWhateverNeighboursReach() {
    Decision decision = SPACE.parse("{blocks: [skip, conv{kernel: 5, width: none}], rate: slow}");
    Set<Decision> met = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      Decision mutant = SPACE.mutate(decision, Philox.of(1, "mutation").trial(i));
      assertThat(mutant).isNotEqualTo(decision);
      met.add(mutant);
    }
    assertThat(met)
        .containsAll(
            SPACE.neighbours(decision).stream()
                .filter(d -> SPACE.value(d).blocks().size() <= 2)
                .toList());
    assertThat(SPACE.mutate(decision, Philox.of(1, "mutation").trial(5)))
        .isEqualTo(SPACE.mutate(decision, Philox.of(1, "mutation").trial(5)));
  }

  @Test
  void eachPlaceOfAMutationIsDrawnAlike() {
    Decision decision = SPACE.parse("{blocks: [skip], rate: slow}");
    int resized = 0;
    int rate = 0;
    int draws = 3000;
    for (int i = 0; i < draws; i++) {
      Plan plan = SPACE.value(SPACE.mutate(decision, Philox.of(2, "places").trial(i)));
      resized += plan.blocks().size() == 2 ? 1 : 0;
      rate += plan.rate().equals("fast") ? 1 : 0;
    }
    // Three places: the number of blocks, the block, the rate. Binomial deviation 26; five of them.
    assertThat(resized).isBetween(870, 1130);
    assertThat(rate).isBetween(870, 1130);
  }

  @Test
  void aChildHasEveryDecisionFromOneOfItsParents() {
    Decision mother = SPACE.parse("{blocks: [conv{kernel: 3, width: none}], rate: slow}");
    Decision father = SPACE.parse("{blocks: [conv{kernel: 7, width: some(8)}, skip], rate: fast}");
    Set<Decision> children = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Decision child = SPACE.cross(mother, father, Philox.of(3, "children").trial(i));
      Plan plan = SPACE.value(child);
      assertThat(plan.blocks().getFirst().kernel()).isIn(3, 7);
      assertThat(plan.blocks().getFirst().width()).isIn(Optional.empty(), Optional.of(8));
      if (plan.blocks().size() == 2) {
        assertThat(plan.blocks().getLast().kernel()).isZero();
      }
      children.add(child);
    }
    assertThat(children).hasSize(16);
    assertThat(SPACE.cross(mother, mother, Philox.of(4, "children"))).isEqualTo(mother);
  }

  @Test
  void encodingsDifferAndMarkWhatWasTaken() {
    Set<String> codes = new HashSet<>();
    for (Decision decision : all()) {
      float[] code = SPACE.encode(decision);
      assertThat(code).hasSize(SPACE.encodingLength());
      codes.add(Arrays.toString(code));
    }
    assertThat(codes).hasSize(SIZE);
    // two counts; per block: skip or conv, three kernels, none or some, two widths; two rates
    assertThat(SPACE.encodingLength()).isEqualTo(2 + 2 * (2 + 3 + 2 + 2) + 2);
  }

  @Test
  void everyChoiceThatCouldComeUpHasAPlaceInTheRow() {
    // How many blocks; for each: skip or conv, its kernel, a width or none, which; and the rate.
    assertThat(SPACE.options()).containsExactly(2, 2, 3, 2, 2, 2, 3, 2, 2, 2);
    Decision decision = SPACE.parse("{blocks: [conv{kernel: 7, width: none}], rate: fast}");
    assertThat(SPACE.choices(decision)).containsExactly(0, 1, 2, 0, 0, 0, 0, 0, 0, 1);
    int[] others = {0, 1, 2, 0, 1, 1, 2, 1, 1, 1};
    assertThat(SPACE.ofChoices(others)).isEqualTo(decision);
    assertThat(SPACE.active(others))
        .containsExactly(true, true, true, true, false, false, false, false, false, true);
  }

  @Test
  void aFixedNumberOfRepetitionsHasNoPlace() {
    ComposedSpace<List<Integer>> space =
        new ComposedSpace<>(
            "widths", Pick.range(8, 24, 8).several(2, 2), (widths, classes) -> NOTHING);
    assertThat(space.options()).containsExactly(3, 3);
    Decision decision = space.ofChoices(new int[] {2, 0});
    assertThat(space.value(decision)).containsExactly(24, 8);
    assertThat(space.choices(decision)).containsExactly(2, 0);
    assertThat(space.active(new int[] {2, 0})).containsExactly(true, true);
  }

  @Test
  void aRowThatIsNoneOfTheSpaceIsAnError() {
    assertThatThrownBy(() -> SPACE.ofChoices(new int[9]))
        .hasMessage("space 'plans': a row of 9 choices, expected 10");
    assertThatThrownBy(() -> SPACE.active(new int[] {0, 0, 3, 0, 0, 0, 0, 0, 0, 0}))
        .hasMessage("space 'plans': choice 2 is option 3, expected 0 or more and less than 3");
  }

  @Test
  void numbersOnALogarithmicScaleEndAtTheirBounds() {
    ComposedSpace<Double> rates =
        new ComposedSpace<>("rates", Pick.logarithmic(1e-4, 1e-1, 4), (rate, classes) -> NOTHING);
    assertThat(IntStream.range(0, 4).mapToObj(i -> rates.value(rates.at(BigInteger.valueOf(i)))))
        .satisfiesExactly(
            rate -> assertThat(rate).isEqualTo(1e-4),
            rate -> assertThat(rate).isBetween(0.999e-3, 1.001e-3),
            rate -> assertThat(rate).isBetween(0.999e-2, 1.001e-2),
            rate -> assertThat(rate).isEqualTo(1e-1));
    assertThat(rates.neighbours(rates.at(BigInteger.ONE))).hasSize(2);
  }

  @Test
  void choicesThatCouldNotBeToldApartAreRefused() {
    assertThatThrownBy(() -> Pick.among(List.of("a", "a"))).hasMessageContaining("'a'");
    assertThatThrownBy(() -> Pick.among(List.of("a b")))
        .hasMessage("choice: label 'a b', expected characters other than spaces and {}[](),:");
    assertThatThrownBy(() -> Pick.among(List.of())).hasMessageContaining("no option");
  }
}
