package espalier.search;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every strategy must do; implement {@link #opening} and inherit the tests. */
interface StrategyContract {
  /** A little below the mean of the landscape, which those that learn nothing reach. */
  double UNTAUGHT = 47;

  /** The strategy with its standard settings. */
  Opening opening();

  /** The strategy with each of its options changed, by name. */
  default Map<String, Opening> options() {
    return Map.of();
  }

  /** What its late trials reach on average. */
  default double lateFloor() {
    return UNTAUGHT;
  }

  /** Whether it draws anything. */
  default boolean isRandom() {
    return true;
  }

  /** If it makes mutants, settings with which each is one of the proposal before. */
  default Optional<StrategyKit.Walk> walk() {
    return Optional.empty();
  }

  @Test
  default void replaysFromItsSeed() {
    StrategyKit.replaysFromItsSeed(opening());
  }

  @Test
  default void anotherSeedIsAnotherSearch() {
    if (isRandom()) {
      StrategyKit.anotherSeedIsAnotherSearch(opening());
    }
  }

  @Test
  default void resumesExactly() {
    StrategyKit.resumesExactly(opening());
  }

  @Test
  default void spendsItsBudgetExactly() {
    StrategyKit.spendsItsBudgetExactly(opening());
  }

  @Test
  default void anyNumberOfRealWorkersComesToTheSameEnd() {
    StrategyKit.anyNumberOfRealWorkersComesToTheSameEnd(opening());
  }

  @Test
  default void survivesFailuresAndNumbersThatAreNone() {
    StrategyKit.survivesFailuresAndNumbersThatAreNone(opening());
  }

  @Test
  default void trainsNothingThatALimitExcludes() {
    StrategyKit.trainsNothingThatALimitExcludes(opening());
  }

  @Test
  default void aLimitThatNothingMeetsEndsTheSearch() {
    StrategyKit.aLimitThatNothingMeetsEndsTheSearch(opening());
  }

  @Test
  default void continuesOnlyWhatItSaidItMay() {
    StrategyKit.continuesOnlyWhatItSaidItMay(opening());
  }

  @Test
  default void everyOptionChangesBehaviour() {
    StrategyKit.everyOptionChangesBehaviour(opening(), options());
  }

  @Test
  default void lateTrialsAreAsGoodAsLearningMakesThem() {
    StrategyKit.lateTrialsAreAsGoodAsLearningMakesThem(opening(), lateFloor());
  }

  @Test
  default void mutantsChangeEachEdgeAsOftenAsDefined() {
    walk().ifPresent(StrategyKit::mutantsChangeEachEdgeAsOftenAsDefined);
  }
}
