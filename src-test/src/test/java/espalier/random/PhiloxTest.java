package espalier.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PhiloxTest {

  /** The known answers that Random123 publishes for philox4x32-10. */
  @Test
  void theBlockFunctionGivesThePublishedAnswers() {
    assertBlock(
        new int[] {0, 0, 0, 0},
        new int[] {0, 0},
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    assertBlock(
        new int[] {-1, -1, -1, -1},
        new int[] {-1, -1},
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    assertBlock(
        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
        new int[] {0xa4093822, 0x299f31d0},
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  }

  private static void assertBlock(int[] counter, int[] key, int[] answer) {
    assertThat(Philox.block(counter, key)).isEqualTo(answer);
  }

  /** Changing these numbers changes every result ever recorded with a seed. */
  @Test
  void theSequencesStayWhatTheyAre() {
    var random = Philox.of(7, "weights").trial(3).step(11);
    assertThat(List.of(random.bits(0), random.bits(1), random.bits(1L << 40)))
        .containsExactly(-5811989009687997447L, 8995069974054113915L, 6942649305980421518L);
    assertThat(random.normal(0)).isEqualTo(0.8491839086218436);
    assertThat(random.permutation(8)).containsExactly(4, 5, 0, 1, 6, 2, 3, 7);
  }

  @Test
  void everyPartOfTheNameChangesTheSequence() {
    var first = new HashSet<Long>();
    var sequences =
        List.of(
            Philox.of(0, "a"),
            Philox.of(1, "a"),
            Philox.of(1L << 32, "a"),
            Philox.of(-1, "a"),
            Philox.of(0, "b"),
            Philox.of(0, ""),
            Philox.of(0, "a").trial(0),
            Philox.of(0, "a").trial(1),
            Philox.of(0, "a").trial(1L << 32),
            Philox.of(0, "a").trial(0).trial(0),
            Philox.of(0, "a").step(1),
            Philox.of(0, "a").step(1L << 32));
    for (var sequence : sequences) {
      for (int i = 0; i < 100; i++) {
        first.add(sequence.bits(i));
      }
    }
    assertThat(first).hasSize(100 * sequences.size());
  }

  @Test
  void aPositionAnswersTheSameInAnyOrder() {
    var random = Philox.of(5, "order");
    var forward = IntStream.range(0, 99).mapToLong(random::bits).toArray();
    for (int i = 98; i >= 0; i--) {
      assertThat(random.bits(i)).isEqualTo(forward[i]);
    }
    var some = new float[7];
    random.uniforms(3, some, 2, 5);
    assertThat(some).startsWith(0f, 0f, random.uniform(3)).endsWith(random.uniform(7));
  }

  /* Bounds of the statistical tests are five standard errors, so a fair seed passes. */

  @Test
  void uniformNumbersFillTheUnitIntervalEvenly() {
    var random = Philox.of(1, "uniform");
    int n = 200_000;
    var counts = new int[100];
    for (int i = 0; i < n; i++) {
      float u = random.uniform(i);
      assertThat(u).isGreaterThanOrEqualTo(0f).isLessThan(1f);
      counts[(int) (u * 100)]++;
    }
    double expected = n / 100.0;
    assertThat(Arrays.stream(counts))
        .allMatch(count -> Math.abs(count - expected) < 5 * Math.sqrt(expected));
    var doubles = IntStream.range(0, n).mapToDouble(random::uniformDouble).summaryStatistics();
    assertThat(doubles.getAverage()).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / n)));
    assertThat(doubles.getMax()).isLessThan(1);
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    var random = Philox.of(1, "normal");
    int n = 200_000;
    var values = IntStream.range(0, n).mapToDouble(random::normal).toArray();
    double root = Math.sqrt(n);
    assertThat(moment(values, 1)).isCloseTo(0, within(5 / root));
    assertThat(moment(values, 2)).isCloseTo(1, within(5 * Math.sqrt(2) / root));
    assertThat(moment(values, 3)).isCloseTo(0, within(5 * Math.sqrt(15) / root));
    assertThat(moment(values, 4)).isCloseTo(3, within(5 * Math.sqrt(96) / root));
  }

  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  @Test
  void wholeNumbersBelowABoundAreEquallyLikely() {
    var random = Philox.of(1, "below");
    int n = 70_000;
    var counts = new int[7];
    for (int i = 0; i < n; i++) {
      counts[random.below(i, 7)]++;
    }
    assertThat(Arrays.stream(counts))
        .allMatch(count -> Math.abs(count - n / 7.0) < 5 * Math.sqrt(n / 7.0));
    assertThat(random.below(0, 1)).isZero();
    assertThat(random.below(0, Integer.MAX_VALUE)).isNotNegative();
    assertThatThrownBy(() -> random.below(0, 0)).hasMessage("bound must be positive, found 0");
  }

  @Test
  void aPermutationHoldsEachNumberOnceAndAllOrdersAreEquallyLikely() {
    for (int n : new int[] {0, 1, 2, 17, 1000}) {
      var sorted = Philox.of(2, "permutation").permutation(n);
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(IntStream.range(0, n).toArray());
    }
    var counts = new int[27];
    int n = 60_000;
    for (int i = 0; i < n; i++) {
      int[] order = Philox.of(2, "permutation").step(i).permutation(3);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    assertThat(Arrays.stream(counts).filter(count -> count > 0))
        .hasSize(6)
        .allMatch(count -> Math.abs(count - n / 6.0) < 5 * Math.sqrt(n / 6.0));
  }
}
