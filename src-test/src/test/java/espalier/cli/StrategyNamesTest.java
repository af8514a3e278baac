package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.estimate.Hyperparameters;
import espalier.core.study.Searchable;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A strategy that some space can be searched with is one that users can type. */
final class StrategyNamesTest {
  @Test
  void theCommandLineHasThoseOfAllSpaces() {
    Set<String> registered = new TreeSet<>();
    for (SpaceName space : SpaceName.values()) {
      Searchable<?> plain = space.searchable(8, 2, new NetworkOptions(), 0);
      registered.addAll(plain.strategies().keySet());
      plain
          .tuned(Hyperparameters.ofImages(64))
          .ifPresent(tuned -> registered.addAll(tuned.strategies().keySet()));
    }
    assertThat(Arrays.stream(Choice.Strategy.values()))
        .filteredOn(Choice.Strategy::hasTrials)
        .extracting(Choice.Strategy::toString)
        .containsExactlyInAnyOrderElementsOf(registered);
  }
}
