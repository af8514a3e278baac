package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.space.CellBased;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellSpace;
import espalier.core.space.Neighbourly;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Hyperband;
import espalier.core.strategy.RegularizedEvolution;
import espalier.core.strategy.RegularizedEvolution.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bugs others had, planted into a strategy that passes: the kit must see each. */
final class KnownBugsAreCaughtTest {
  private static final RegularizedEvolutionTest HEALTHY = new RegularizedEvolutionTest();

  private static final StrategyKit<Cell> KIT = StrategyKit.onCells();

  private static Strategy<Cell> evolution(Neighbourly<Cell> space, long seed) {
    return new RegularizedEvolution<>(space, ACCURACY, Settings.standard(), seed);
  }

  private static void assertCaught(ThrowingCallable check) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class);
  }

  @Test
  void aSeedThatIsIgnored() {
    assertCaught(() -> KIT.anotherSeedIsAnotherSearch((trials, seed) -> evolution(SPACE, 1)));
  }

  @Test
  void aSeedThatIsNotAllThatCounts() {
    long[] opened = {0};
    assertCaught(
        () -> KIT.replaysFromItsSeed((trials, seed) -> evolution(SPACE, seed + opened[0]++)));
  }

  @Test
  void aMutationThatDrawsEdgesUniformly() {
    Neighbourly<Cell> uniform =
        new Mutating() {
          @Override
          public Cell mutate(Cell cell, Philox random) {
            List<Cell> neighbours = neighbours(cell);
            return neighbours.get(random.below(0, neighbours.size()));
          }
        };
    assertMutationCaught(uniform);
  }

  @Test
  void aMutationThatMayChangeNothing() {
    Neighbourly<Cell> idle =
        new Mutating() {
          @Override
          public Cell mutate(Cell cell, Philox random) {
            return random.below(9, 5) == 0 ? cell : super.mutate(cell, random);
          }
        };
    assertMutationCaught(idle);
  }

  @Test
  void aMutationThatPrefersTheNextOperation() {
    Neighbourly<Cell> partial =
        new Mutating() {
          @Override
          public Cell mutate(Cell cell, Philox random) {
            Cell once = super.mutate(cell, random);
            int[] before = SPACE.choices(cell);
            int[] after = SPACE.choices(once);
            for (int i = 0; i < after.length; i++) {
              if (after[i] != before[i] && random.below(9, 4) == 0) {
                after[i] = (before[i] + 1) % 5;
              }
            }
            return SPACE.ofChoices(after);
          }
        };
    assertMutationCaught(partial);
  }

  private static void assertMutationCaught(Neighbourly<Cell> space) {
    StrategyKit.Walk walk = HEALTHY.walk().orElseThrow();
    Opening planted =
        (trials, seed) -> new RegularizedEvolution<>(space, ACCURACY, new Settings(1, 1), seed);
    assertCaught(() ->
        StrategyKit.mutantsChangeEachEdgeAsOftenAsDefined(
            new StrategyKit.Walk(planted, walk.odds())));
  }

  @Test
  void aPopulationThatIsForgotten() {
    assertCaught(() ->
        KIT.lateTrialsAreAsGoodAsLearningMakesThem(
            (trials, seed) -> new Forgetful(seed), HEALTHY.lateFloor()));
  }

  @Test
  void outcomesThatAreNotHeard() {
    assertCaught(() ->
        KIT.lateTrialsAreAsGoodAsLearningMakesThem(
            (trials, seed) ->
                new Wrapped(evolution(SPACE, seed)) {
                  @Override
                  public void tell(Trial<Cell> trial, Outcome outcome) {}
                },
            HEALTHY.lateFloor()));
  }

  @Test
  void stateThatStrategiesShare() {
    Map<Long, Strategy<Cell>> shared = new HashMap<>();
    assertCaught(() ->
        KIT.replaysFromItsSeed(
            (trials, seed) -> shared.computeIfAbsent(seed, s -> evolution(SPACE, s))));
  }

  @Test
  void anOptionThatDoesNothing() {
    Opening idle = (trials, seed) -> evolution(SPACE, seed);
    assertCaught(() -> KIT.everyOptionChangesBehaviour(HEALTHY.opening(), Map.of("idle", idle)));
  }

  @Test
  void aFailureThatIsTakenForASuccess() {
    assertThatThrownBy(() ->
            KIT.survivesFailuresAndNumbersThatAreNone((trials, seed) ->
                new Wrapped(evolution(SPACE, seed)) {
                  @Override
                  public void tell(Trial<Cell> trial, Outcome outcome) {
                    ACCURACY.score(outcome).orElseThrow();
                    super.tell(trial, outcome);
                  }
                }))
        .isInstanceOf(RuntimeException.class);
  }

  /** Whoever is wrapped here says of no trial that it may go on. */
  @Test
  void aTrainingThatGoesOnAfterItWasGivenUp() {
    List<Bracket> brackets = Bracket.hyperband(9, 3);
    assertCaught(() ->
        KIT.continuesOnlyWhatItSaidItMay(
            (trials, seed) -> new Wrapped(new Hyperband<>(SPACE, ACCURACY, brackets, seed))));
  }

  /** Begins a new population when the old one is full. */
  private static final class Forgetful extends Wrapped {
    private int told;
    private long seed;

    Forgetful(long seed) {
      super(evolution(SPACE, seed));
      this.seed = seed;
    }

    @Override
    public void tell(Trial<Cell> trial, Outcome outcome) {
      super.tell(trial, outcome);
      if (++told % Settings.standard().population() == 0) {
        strategy = evolution(SPACE, ++seed);
      }
    }
  }

  private static class Wrapped implements Strategy<Cell> {
    Strategy<Cell> strategy;

    Wrapped(Strategy<Cell> strategy) {
      this.strategy = strategy;
    }

    @Override
    public Ask<Cell> ask(long trial) {
      return strategy.ask(trial);
    }

    @Override
    public void tell(Trial<Cell> trial, Outcome outcome) {
      strategy.tell(trial, outcome);
    }
  }

  /** The landscape's space, with mutations to plant bugs into. */
  private abstract static class Mutating implements CellBased<Cell> {
    @Override
    public String name() {
      return SPACE.name();
    }

    @Override
    public Cell mutate(Cell cell, Philox random) {
      return SPACE.mutate(cell, random);
    }

    @Override
    public List<CellSpace> cellSpaces() {
      return SPACE.cellSpaces();
    }

    @Override
    public List<Cell> cells(Cell cell) {
      return SPACE.cells(cell);
    }

    @Override
    public Cell ofCells(List<Cell> cells) {
      return SPACE.ofCells(cells);
    }

    @Override
    public Network supernet(int classes, List<CellBuilder> builders) {
      return SPACE.supernet(classes, builders);
    }

    @Override
    public String print(Cell cell) {
      return SPACE.print(cell);
    }

    @Override
    public Cell parse(String text) {
      return SPACE.parse(text);
    }

    @Override
    public Network model(Cell cell, int classes) {
      return SPACE.model(cell, classes);
    }
  }
}
