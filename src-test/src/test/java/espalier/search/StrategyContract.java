package espalier.search;

import espalier.core.space.Cell;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every strategy on cells must do; implement {@link #opening} and inherit the tests. */
public interface StrategyContract extends ContractOn<Cell> {
  /** A little below the mean of the landscape, which those that learn nothing reach. */
  double UNTAUGHT = 47;

  @Override
  default StrategyKit<Cell> kit() {
    return StrategyKit.onCells();
  }

  @Override
  Opening opening();

  @Override
  default Map<String, Opening> options() {
    return Map.of();
  }

  @Override
  default double lateFloor() {
    return UNTAUGHT;
  }

  /** If it makes mutants, settings with which each is one of the proposal before. */
  default Optional<StrategyKit.Walk> walk() {
    return Optional.empty();
  }

  @Test
  default void mutantsChangeEachEdgeAsOftenAsDefined() {
    walk().ifPresent(StrategyKit::mutantsChangeEachEdgeAsOftenAsDefined);
  }
}
