package espalier.search;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every strategy must do, whatever its candidates: implement {@link #kit} and {@link #opening}
 * and inherit the tests.
 */
public interface ContractOn<A> {
  /** The checks, on ground of these candidates. */
  StrategyKit<A> kit();

  /** The strategy with its standard settings. */
  OpeningOn<A> opening();

  /** The strategy with each of its options changed, by name. */
  default Map<String, ? extends OpeningOn<A>> options() {
    return Map.of();
  }

  /** What its late trials reach on average. */
  double lateFloor();

  /** Whether it draws anything. */
  default boolean isRandom() {
    return true;
  }

  @Test
  default void replaysFromItsSeed() {
    kit().replaysFromItsSeed(opening());
  }

  @Test
  default void anotherSeedIsAnotherSearch() {
    if (isRandom()) {
      kit().anotherSeedIsAnotherSearch(opening());
    }
  }

  @Test
  default void resumesExactly() {
    kit().resumesExactly(opening());
  }

  @Test
  default void spendsItsBudgetExactly() {
    kit().spendsItsBudgetExactly(opening());
  }

  @Test
  default void anyNumberOfRealWorkersComesToTheSameEnd() {
    kit().anyNumberOfRealWorkersComesToTheSameEnd(opening());
  }

  @Test
  default void survivesFailuresAndNumbersThatAreNone() {
    kit().survivesFailuresAndNumbersThatAreNone(opening());
  }

  @Test
  default void trainsNothingThatALimitExcludes() {
    kit().trainsNothingThatALimitExcludes(opening());
  }

  @Test
  default void aLimitThatNothingMeetsEndsTheSearch() {
    kit().aLimitThatNothingMeetsEndsTheSearch(opening());
  }

  @Test
  default void continuesOnlyWhatItSaidItMay() {
    kit().continuesOnlyWhatItSaidItMay(opening());
  }

  @Test
  default void everyOptionChangesBehaviour() {
    kit().everyOptionChangesBehaviour(opening(), options());
  }

  @Test
  default void lateTrialsAreAsGoodAsLearningMakesThem() {
    kit().lateTrialsAreAsGoodAsLearningMakesThem(opening(), lateFloor());
  }
}
