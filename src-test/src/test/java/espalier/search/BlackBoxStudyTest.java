package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.search.Ask;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Repeats;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.search.TrialListener;
import espalier.core.space.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a study orders, charges and judges trials. */
final class BlackBoxStudyTest {

  /** Proposes what it was given, and notes what it is told. */
  private static final class Script implements Strategy<Cell> {
    private final List<Ask<Cell>> script;
    final List<Long> told = new ArrayList<>();

    Script(List<Ask<Cell>> script) {
      this.script = script;
    }

    @Override
    public Ask<Cell> ask(long trial) {
      return trial < script.size() ? script.get((int) trial) : new Ask.Done<>();
    }

    @Override
    public void tell(Trial<Cell> trial, Outcome outcome) {
      told.add(trial.number());
    }
  }

  private static Script cells(int... indices) {
    List<Ask<Cell>> script = new ArrayList<>();
    for (int index : indices) {
      script.add(Ask.Propose.whole(SPACE.at(index)));
    }
    return new Script(script);
  }

  /** Costs by trial; the accuracy is the number of the cell. */
  private record Costs(long... costs) implements Estimator<Cell> {
    @Override
    public Outcome estimate(Trial<Cell> trial) {
      return new Outcome.Measured(Metrics.of(ACCURACY.metric(), SPACE.indexOf(trial.candidate())));
    }

    @Override
    public long cost(Trial<Cell> trial) {
      return costs[(int) trial.number()];
    }
  }

  private static BlackBoxStudy<Cell> study(Estimator<Cell> estimator, Settings settings) {
    return new BlackBoxStudy<>(SPACE, estimator, Objectives.of(ACCURACY), settings);
  }

  @Test
  void outcomesAreToldInTheOrderOfTheVirtualClockAndTiesByNumber() {
    Script script = cells(0, 1, 2, 3, 4, 5);
    Settings settings = Settings.charged(6).withVirtualWorkers(3);
    History<Cell> history = study(new Costs(5, 2, 2, 3, 9, 1), settings).run(script);
    // 1 and 2 end at 2; 3 begins at 2 and ends with 0 at 5; 4 begins at 2, 5 at 5.
    assertThat(script.told).containsExactly(1L, 2L, 0L, 3L, 5L, 4L);
    assertThat(history.entries().stream().map(History.Entry::finished))
        .containsExactly(2L, 2L, 5L, 5L, 6L, 11L);
    assertThat(history.end()).isEqualTo(History.End.SPENT);
  }

  /** The first trial that is too dear ends the search, though a cheaper one might follow. */
  @Test
  void aBudgetInCostIsNeverExceeded() {
    for (Repeats repeats : Repeats.values()) {
      Script script = cells(0, 1, 2, 3);
      History<Cell> history =
          study(new Costs(5, 3, 3, 1), Settings.ofCost(10, repeats)).run(script);
      assertThat(script.told).containsExactly(0L, 1L);
      assertThat(history.end()).isEqualTo(History.End.SPENT);
      Script exact = cells(0, 1, 2, 3);
      study(new Costs(5, 3, 3, 1), Settings.ofCost(11, repeats)).run(exact);
      assertThat(exact.told).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void withOneVirtualWorkerOutcomesAreToldAsProposed() {
    Script script = cells(3, 2, 1);
    study(new Costs(5, 1, 3), Settings.charged(3)).run(script, 8, TrialListener.none());
    assertThat(script.told).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aRepeatIsChargedOrKnown() {
    Settings settings = Settings.charged(9);
    History<Cell> charged = study(new Costs(1, 1, 1), settings).run(cells(7, 8, 7));
    assertThat(charged.charged()).hasSize(3);
    History<Cell> cached = study(new Costs(1, 1, 1), Settings.cached(9)).run(cells(7, 8, 7));
    assertThat(cached.charged()).hasSize(2);
    assertThat(cached.entries()).hasSize(3);
    assertThat(cached.entries().getLast().outcome()).isEqualTo(cached.entries().get(0).outcome());
    assertThat(cached.entries().getLast().finished()).isEqualTo(2);
  }

  @Test
  void isomorphicCellsAreOneWhereRepeatsAreCached() {
    String direct = "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|";
    String bySkip = "|skip_connect~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|";
    int first = SPACE.indexOf(SPACE.parse(direct));
    int second = SPACE.indexOf(SPACE.parse(bySkip));
    assertThat(study(new Costs(1, 1), Settings.cached(9)).run(cells(first, second)).charged())
        .hasSize(1);
  }

  @Test
  void aRepeatOfATrialUnderWayEndsRightAfterIt() {
    Script script = cells(7, 7, 9);
    Settings settings = new Settings(9, Repeats.CACHED, 2);
    History<Cell> history = study(new Costs(4, 1, 1), settings).run(script);
    assertThat(script.told).containsExactly(0L, 1L, 2L);
    assertThat(history.entries().stream().map(History.Entry::finished)).containsExactly(4L, 4L, 5L);
    assertThat(history.entries().stream().map(History.Entry::isCharged))
        .containsExactly(true, false, true);
  }

  @Test
  void theIncumbentIsTheFirstOfTheBest() {
    History<Cell> history =
        study(new Costs(1, 1, 1, 1), Settings.charged(4)).run(cells(7, 9, 9, 8));
    assertThat(history.incumbent(ACCURACY).orElseThrow().trial().number()).isEqualTo(1);
  }

  @Test
  void aMetricThatIsMissingOrNoNumberIsAFailure() {
    Estimator<Cell> other = trial -> new Outcome.Measured(Metrics.of("loss", 1));
    Estimator<Cell> broken = trial -> new Outcome.Measured(Metrics.of("accuracy", Double.NaN));
    for (Estimator<Cell> estimator : List.of(other, broken)) {
      Outcome outcome =
          study(estimator, Settings.charged(1)).run(cells(1)).entries().getFirst().outcome();
      assertThat(outcome)
          .isEqualTo(new Outcome.Failed("accuracy is NaN, expected a finite number"));
    }
  }

  @Test
  void aMeasuredValueThatMissesALimitIsInfeasible() {
    var good = ACCURACY.within(5);
    BlackBoxStudy<Cell> study =
        new BlackBoxStudy<>(SPACE, new Costs(1, 1), Objectives.of(good), Settings.charged(2));
    History<Cell> history = study.run(cells(3, 6));
    assertThat(history.entries().getFirst().outcome()).isEqualTo(new Outcome.Infeasible(good, 3));
    assertThat(history.incumbent(good).orElseThrow().trial().number()).isEqualTo(1);
  }

  @Test
  void aStrategyThatWaitsForNothingIsAnError() {
    Script script = new Script(List.of(new Ask.Wait<>()));
    assertThatThrownBy(() -> study(new Costs(), Settings.charged(1)).run(script))
        .hasMessage("Script waits for an outcome, but no trial is under way");
  }

  @Test
  void whatChangesWithTimeCannotBeCached() {
    Estimator<Cell> moving =
        new Estimator<>() {
          @Override
          public Outcome estimate(Trial<Cell> trial) {
            return new Outcome.Measured(Metrics.of("accuracy", (double) trial.number()));
          }

          @Override
          public boolean isStationary() {
            return false;
          }
        };
    assertThatThrownBy(() -> study(moving, Settings.cached(1)))
        .hasMessage("study: repeats are cached, but the estimator's answers change with time");
    assertThat(study(moving, Settings.charged(2)).run(cells(1, 1)).charged()).hasSize(2);
  }

  @Test
  void noThreadIsLeftBehind() {
    study(new Landscape(), Settings.charged(20).withVirtualWorkers(4))
        .run(new RandomSearchTest().opening().open(20, 1), 4, TrialListener.none());
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("espalier-trial"));
  }
}
