package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.space.DartsSpace;
import espalier.core.strategy.Strategies;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A strategy in the registry is one that users can type. */
final class StrategyNamesTest {
  @Test
  void theCommandLineHasThoseOfTheRegistry() {
    DartsSpace space = DartsSpace.cifar();
    Set<String> registered = new TreeSet<>(Strategies.ofCells(space).keySet());
    registered.addAll(Strategies.ofFidelities(space, 3).keySet());
    assertThat(Arrays.stream(Choice.Strategy.values()))
        .filteredOn(Choice.Strategy::hasTrials)
        .extracting(Choice.Strategy::toString)
        .containsExactlyInAnyOrderElementsOf(registered);
  }
}
