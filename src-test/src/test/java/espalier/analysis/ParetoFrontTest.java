package espalier.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.analysis.Hypervolume;
import espalier.core.analysis.ParetoFront;
import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Fronts and the volume they dominate. */
final class ParetoFrontTest {
  /** Small whole numbers: the cells of a grid can be counted. */
  private static final int GRID = 5;

  @Test
  void aFrontKeepsWhatNothingDominates() {
    List<double[]> points =
        List.of(point(1, 1), point(0, 3), point(3, 0), point(0, 2), point(1, 1), point(2, 0));
    assertThat(ParetoFront.of(points)).containsExactly(2, 0, 1);
    assertThat(ParetoFront.of(List.of())).isEmpty();
    assertThat(ParetoFront.dominates(point(1, 1), point(1, 0))).isTrue();
    assertThat(ParetoFront.dominates(point(1, 1), point(1, 1))).isFalse();
    assertThat(ParetoFront.dominates(point(1, 1), point(0, 2))).isFalse();
  }

  /** Three steps of a stair: 1·3 + 1·2 + 1·1. */
  @Test
  void volumesWorkedOutByHand() {
    List<double[]> stair = List.of(point(1, 3), point(2, 2), point(3, 1));
    assertThat(Hypervolume.of(stair, 0, 0)).isEqualTo(6);
    assertThat(Hypervolume.of(stair, 1, 1)).isEqualTo(1);
    assertThat(Hypervolume.of(List.of(), 0, 0)).isZero();
    // Two boxes of 2·2·1 and 1·1·3 that share one cube.
    assertThat(Hypervolume.of(List.of(point(2, 2, 1), point(1, 1, 3)), 0, 0, 0)).isEqualTo(6);
    assertThat(Hypervolume.of(List.of(point(4), point(7)), 2)).isEqualTo(5);
  }

  @Property(tries = 300, seed = "42")
  void frontsCoverAllPointsAndNoMemberDominatesAnother(
      @ForAll long seed,
      @ForAll @IntRange(max = 25) int count,
      @ForAll @IntRange(min = 1, max = 4) int objectives) {
    List<double[]> points = points(seed, count, objectives);
    List<double[]> front = ParetoFront.of(points).stream().map(points::get).toList();
    for (double[] point : points) {
      assertThat(front).anyMatch(m -> ParetoFront.dominates(m, point) || Arrays.equals(m, point));
    }
    for (double[] a : front) {
      assertThat(front).noneMatch(b -> ParetoFront.dominates(a, b));
      assertThat(front).filteredOn(b -> Arrays.equals(a, b)).hasSize(1);
    }
  }

  @Property(tries = 300, seed = "43")
  void volumesAreTheCellsOfTheGrid(
      @ForAll long seed,
      @ForAll @IntRange(max = 25) int count,
      @ForAll @IntRange(min = 1, max = 4) int objectives) {
    List<double[]> points = points(seed, count, objectives);
    int cells = 0;
    for (int cell = 0; cell < Math.pow(GRID, objectives); cell++) {
      double[] corner = new double[objectives];
      int rest = cell;
      for (int i = 0; i < objectives; i++) {
        corner[i] = rest % GRID + 1;
        rest /= GRID;
      }
      boolean covered =
          points.stream()
              .anyMatch(p -> Arrays.equals(p, corner) || ParetoFront.dominates(p, corner));
      cells += covered ? 1 : 0;
    }
    assertThat(Hypervolume.of(points, new double[objectives])).isEqualTo(cells);
  }

  @Test
  void pointsOfOtherObjectivesAreRefused() {
    assertThatThrownBy(() -> ParetoFront.of(List.of(point(1), point(1, 2))))
        .hasMessage("Pareto front: points of 1 and of 2 objectives, expected as many of all");
    assertThatThrownBy(() -> Hypervolume.of(List.of(point(1, 2)), 0))
        .hasMessage("hypervolume: a point of 2 objectives, the reference has 1");
  }

  private static double[] point(double... objectives) {
    return objectives;
  }

  /** Random points of 0 to {@code GRID} in each objective. */
  private static List<double[]> points(long seed, int count, int objectives) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] point = new double[objectives];
      for (int j = 0; j < objectives; j++) {
        point[j] = Philox.of(seed, "points").trial(i).below(j, GRID + 1);
      }
      points.add(point);
    }
    return points;
  }
}
