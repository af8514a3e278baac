package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.study.Searchable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a search writes down of an architecture is read with the options it names. */
final class ReadBackTest {
  @TempDir private Path folder;

  private Path genotype(SpaceName space, NetworkOptions network) throws IOException {
    return Files.writeString(
        folder.resolve("genotype.json"), written(space.searchable(8, 2, network, 0)));
  }

  private static <A> String written(Searchable<A> searchable) {
    A found = searchable.space().sample(Philox.of(3, "found"));
    return Optional.ofNullable(searchable.files(found).get("genotype.json")).orElseThrow();
  }

  private static NetworkOptions small() {
    NetworkOptions network = new NetworkOptions();
    network.channels = 6;
    network.cells = 7;
    return network;
  }

  @ParameterizedTest
  @EnumSource(SpaceName.class)
  void theNextCommandReadsAnArchitectureOfAnySpace(SpaceName space) throws IOException {
    NetworkOptions network = small();
    String sizes =
        space
            .larger(network)
            .replace("--budget 50epochs", "")
            .replace("36 --cells 20", "8 --cells 3");
    List<String> count = new ArrayList<>(List.of("count", "--input=32x32x3"));
    count.add("--genotype=" + genotype(space, network));
    if (!sizes.isBlank()) {
      count.addAll(List.of(sizes.strip().split(" ")));
    }
    Commands.Ended ended = Commands.run(count);
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void sizesThatAnArchitectureWasNotFoundWithAreNamed() throws IOException {
    Commands.Ended ended =
        Commands.run("count", "--genotype=" + genotype(SpaceName.GROWING, small()));
    assertThat(ended.code()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(ended.err()).contains("--channels and --cells must be as in its search");
  }
}
