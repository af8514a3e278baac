package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import espalier.core.space.Cell;
import espalier.core.space.CellBased;
import espalier.core.space.CellSpace;
import espalier.core.space.DartsOperation;
import espalier.core.space.DartsSpace;
import espalier.core.space.Nb201Space;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for spaces made of cells. */
final class CellSpaceTest {
  private static final DartsSpace DARTS = DartsSpace.cifar();
  private static final Nb201Space NB201 = Nb201Space.standard();

  private static Stream<CellBased<?>> spaces() {
    return Stream.of(DARTS, NB201);
  }

  @Test
  void sizesAreThePublishedOnes() {
    BigInteger oneCell = BigInteger.valueOf(1_037_664_180);
    assertThat(DARTS.cellSpaces()).allMatch(cells -> cells.size().equals(oneCell));
    assertThat(DARTS.size()).isEqualTo(new Size.Exact(oneCell.multiply(oneCell)));
    assertThat(NB201.size()).isEqualTo(new Size.Exact(BigInteger.valueOf(15_625)));
  }

  /** A space of 3·4·(3·2²) cells with sources to choose, small enough to meet each often. */
  @Test
  void everyCellIsSampledAsOftenAsAnyOther() {
    CellSpace small =
        new CellSpace(
            "small",
            1,
            3,
            2,
            false,
            CellSpace.Output.ALL_NODES,
            DartsOperation.searched(),
            DartsOperation.searched().subList(1, 3));
    int cells = small.size().intValueExact();
    assertThat(cells).isEqualTo(2 * 4 * 12);
    int draws = 200 * cells;
    Map<Cell, Integer> seen = new LinkedHashMap<>();
    Philox random = Philox.of(1, "sampling");
    for (int draw = 0; draw < draws; draw++) {
      seen.merge(small.sample(random.trial(draw)), 1, Integer::sum);
    }
    assertThat(seen).hasSize(cells);
    double chiSquare = seen.values().stream().mapToDouble(n -> (n - 200.0) * (n - 200) / 200).sum();
    // With 95 degrees of freedom: mean 95, deviation √190; four deviations either side.
    assertThat(chiSquare).isBetween(95 - 4 * Math.sqrt(190), 95 + 4 * Math.sqrt(190));
  }

  @Test
  void theWholeTableIsSampled() {
    int[] seen = new int[NB201.count()];
    Philox random = Philox.of(2, "sampling");
    for (int draw = 0; draw < 20 * seen.length; draw++) {
      seen[NB201.indexOf(NB201.sample(random.trial(draw)))]++;
    }
    double chiSquare = 0;
    for (int count : seen) {
      chiSquare += (count - 20.0) * (count - 20) / 20;
    }
    double freedom = seen.length - 1;
    assertThat(chiSquare)
        .isBetween(freedom - 4 * Math.sqrt(2 * freedom), freedom + 4 * Math.sqrt(2 * freedom));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  <A> void samplesAreOfTheSpaceAndRepeatable(CellBased<A> space) {
    for (int trial = 0; trial < 200; trial++) {
      Philox random = Philox.of(3, "sampling").trial(trial);
      A architecture = space.sample(random);
      assertThat(space.sample(random)).isEqualTo(architecture);
      assertThat(space.parse(space.print(architecture))).isEqualTo(architecture);
      assertThat(space.ofCells(space.cells(architecture))).isEqualTo(architecture);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  <A> void neighbourhoodIsMutualAndMutationStaysWithinIt(CellBased<A> space) {
    for (int trial = 0; trial < 20; trial++) {
      Philox random = Philox.of(4, "neighbours").trial(trial);
      A architecture = space.sample(random);
      List<A> neighbours = space.neighbours(architecture);
      assertThat(neighbours).doesNotContain(architecture).doesNotHaveDuplicates();
      assertThat(neighbours)
          .allSatisfy(neighbour -> assertThat(space.neighbours(neighbour)).contains(architecture));
      var reached = new HashSet<A>();
      for (int draw = 0; draw < 200; draw++) {
        reached.add(space.mutate(architecture, random.trial(draw)));
      }
      assertThat(neighbours).containsAll(reached);
      assertThat(reached).hasSizeGreaterThan(15);
    }
  }

  @Test
  void everyCellOfNasBench201HasTwentyFourNeighbours() {
    assertThat(NB201.neighbours(NB201.at(0))).hasSize(24);
  }

  /** The node is drawn first, so the one edge into the first node changes once in three times. */
  @Test
  void mutationDrawsTheNodeAndThenTheEdge() {
    Cell cell = NB201.at(6111);
    int draws = 9000;
    int first = 0;
    for (int draw = 0; draw < draws; draw++) {
      Cell mutant = NB201.mutate(cell, Philox.of(5, "mutation").trial(draw));
      first += mutant.nodes().get(0).equals(cell.nodes().get(0)) ? 0 : 1;
    }
    double deviation = Math.sqrt(draws * (1 / 3.0) * (2 / 3.0));
    assertThat((double) first).isBetween(draws / 3.0 - 4 * deviation, draws / 3.0 + 4 * deviation);
  }

  @Property(tries = 100, seed = "33")
  void encodingsMarkOneOperationOnEachKeptEdge(@ForAll long seed) {
    Philox random = Philox.of(seed, "encoding");
    float[] darts = DARTS.encode(DARTS.sample(random));
    assertThat(darts).hasSize(DARTS.encodingLength()).hasSize(2 * 14 * 7);
    assertThat(sum(darts)).isEqualTo(16);
    float[] nb201 = NB201.encode(NB201.sample(random));
    assertThat(nb201).hasSize(30);
    for (int edge = 0; edge < 6; edge++) {
      float row = 0;
      for (int i = 0; i < 5; i++) {
        row += nb201[5 * edge + i];
      }
      assertThat(row).isEqualTo(1);
    }
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
