package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.search.Ask;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Bracket.Rung;
import espalier.core.strategy.Hyperband;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HyperbandTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Bracket.hyperband(9, 3));
  }

  private static Opening with(List<Bracket> brackets) {
    return (trials, seed) -> new Hyperband<>(SPACE, ACCURACY, brackets, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "resource", with(Bracket.hyperband(27, 3)),
        "eta", with(Bracket.hyperband(9, 2)),
        "brackets", with(List.of(Bracket.halving(9, 2, 9, 3))));
  }

  /** Those that go on are counted again. */
  @Override
  public double lateFloor() {
    return 50;
  }

  private static List<List<List<Integer>>> pairs(List<Bracket> brackets) {
    return brackets.stream()
        .map(bracket ->
            bracket.rungs().stream().map(r -> List.of(r.candidates(), r.units())).toList())
        .toList();
  }

  @Test
  void bracketsAreThoseOfThePaper() {
    assertThat(pairs(Bracket.hyperband(81, 3)))
        .containsExactly(
            List.of(List.of(81, 1), List.of(27, 3), List.of(9, 9), List.of(3, 27), List.of(1, 81)),
            List.of(List.of(34, 3), List.of(11, 9), List.of(3, 27), List.of(1, 81)),
            List.of(List.of(15, 9), List.of(5, 27), List.of(1, 81)),
            List.of(List.of(8, 27), List.of(2, 81)),
            List.of(List.of(5, 81)));
  }

  @Test
  void bracketsOfBohbAreThoseOfItsAuthors() {
    assertThat(Bracket.bohb(81, 3).stream().map(b -> b.rungs().getFirst().candidates()))
        .containsExactly(81, 27, 9, 6, 5);
    assertThat(pairs(Bracket.bohb(12, 3)))
        .containsExactly(
            List.of(List.of(9, 1), List.of(3, 4), List.of(1, 12)),
            List.of(List.of(3, 4), List.of(1, 12)),
            List.of(List.of(3, 12)));
  }

  @Test
  void bracketsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> Bracket.hyperband(9, 1)).hasMessageContaining("eta 1");
    assertThatThrownBy(() -> new Bracket(List.of())).hasMessageContaining("found no rungs");
    assertThatThrownBy(() -> new Bracket(List.of(new Rung(3, 1), new Rung(4, 2))))
        .hasMessageContaining("ever fewer candidates");
  }

  /** Told in any order: four trials at a time, of costs of their own. */
  @Test
  void theBestOfARungGoOnWhereTheyWereLeft() {
    Bracket bracket = Bracket.halving(9, 2, 9, 3);
    History<Cell> history =
        new BlackBoxStudy<>(
                SPACE,
                new Landscape(),
                Objectives.of(ACCURACY),
                Settings.charged(13).withVirtualWorkers(4))
            .run(with(List.of(bracket)).open(13, 1));
    Map<Integer, List<History.Entry<Cell>>> rungs =
        history.entries().stream()
            .collect(Collectors.groupingBy(entry -> entry.trial().fidelity().units()));
    assertThat(rungs.keySet()).containsExactlyInAnyOrder(1, 3, 9);
    assertThat(rungs.get(1)).hasSize(9);
    assertThat(rungs.get(1)).allMatch(e -> e.trial().start().equals(new Start.Fresh()));
    assertGoOn(rungs.get(1), rungs.get(3), 3);
    assertGoOn(rungs.get(3), rungs.get(9), 1);
  }

  private static void assertGoOn(
      List<History.Entry<Cell>> rung, List<History.Entry<Cell>> next, int count) {
    List<History.Entry<Cell>> best = new ArrayList<>(rung);
    best.sort(Comparator.comparingDouble(e -> -ACCURACY.score(e.outcome()).orElseThrow()));
    assertThat(next.stream().map(e -> e.trial().start()))
        .containsExactlyInAnyOrderElementsOf(
            best.subList(0, count).stream().<Start>map(e -> Start.Continue.of(e.trial())).toList());
    assertThat(next.stream().map(e -> e.trial().candidate()))
        .containsExactlyInAnyOrderElementsOf(
            best.subList(0, count).stream().map(e -> e.trial().candidate()).toList());
  }

  /** Of six in a front the best in the first objective, the other end, and the middle go on. */
  @Test
  void withSeveralObjectivesThoseGoOnThatLieSpreadOverTheFront() {
    double[][] points = {
      {0, 0}, {5, 1}, {4.9, 1.1}, {3.1, 2.9}, {1, 5}, {4.8, 1.2}, {1.1, 4.9}, {0, 0.5}, {0.5, 0}
    };
    Objectives both = Objectives.of(Objective.maximise("first"), Objective.maximise("second"));
    Hyperband<Cell> race = new Hyperband<>(SPACE, both, List.of(Bracket.halving(9, 1, 9, 3)), 1);
    List<Trial<Cell>> trials = new ArrayList<>();
    for (int number = 0; number < points.length; number++) {
      trials.add(proposed(race, number));
    }
    for (Trial<Cell> trial : trials.reversed()) {
      double[] scores = points[(int) trial.number()];
      race.tell(trial, new Outcome.Measured(Metrics.of(List.of("first", "second"), scores)));
    }
    List<Start> starts =
        Stream.of(9, 10, 11).map(number -> proposed(race, number).start()).toList();
    assertThat(starts)
        .isEqualTo(Stream.of(1, 4, 3).map(trials::get).map(Start.Continue::of).toList());
  }

  private static Trial<Cell> proposed(Hyperband<Cell> race, long number) {
    if (race.ask(number) instanceof Ask.Propose<Cell>(var candidate, var fidelity, var start)) {
      return new Trial<>(number, candidate, fidelity, start);
    }
    throw new AssertionError("trial %d: expected a proposal".formatted(number));
  }

  @Test
  void onlyFullEstimatesAreIncumbents() {
    History<Cell> history =
        new BlackBoxStudy<>(SPACE, new Landscape(), Objectives.of(ACCURACY), Settings.charged(13))
            .run(with(List.of(Bracket.halving(9, 2, 9, 3))).open(13, 1));
    assertThat(history.incumbent(ACCURACY).orElseThrow().trial().number()).isEqualTo(12);
  }
}
