package espalier.cli;

import espalier.core.io.DataException;
import espalier.core.space.DartsMacro;
import espalier.core.space.Genotype;
import espalier.core.space.GenotypeNotation;
import espalier.core.space.SearchSpace;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which network: a found architecture, or one drawn by hand. */
final class ArchitectureOptions {
  @Option(
      names = {"--genotype", "--arch"},
      paramLabel = "TEXT|FILE",
      description =
          "an architecture in its notation, Genotype(...), |op~0|+|...| or another with its"
              + " --space, or a file that holds one (genotype.json or text)",
      showDefaultValue = Visibility.NEVER)
  Optional<String> genotype = Optional.empty();

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description = "the space it is of: ${COMPLETION-CANDIDATES} (default: as its notation tells)",
      showDefaultValue = Visibility.NEVER)
  Optional<SpaceName> space = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "instead of a genotype, a network drawn by hand: ${COMPLETION-CANDIDATES}",
      showDefaultValue = Visibility.NEVER)
  Optional<Choice.NetworkName> classic = Optional.empty();

  /** Whether the network is of the space darts. */
  boolean isDarts() {
    return classic.isEmpty() && source().space() == SpaceName.DARTS;
  }

  private GenotypeSource source() {
    return GenotypeSource.of(genotype.orElseThrow(), space);
  }

  /** Refuses what does not go together. */
  void check(Applicability options) {
    if (classic.isPresent() == genotype.isPresent()) {
      throw new ParameterException(
          options.spec().commandLine(),
          classic.isPresent()
              ? "--genotype and --network exclude each other"
              : "name an architecture with --genotype, or a network with --network");
    }
    options.refuse(
        classic.isPresent(), "applies to --genotype", "--space", "--channels", "--cells");
    if (classic.isEmpty()) {
      source().space().checkTrained(options);
    }
    if (space.isPresent() && space.get() != source().space()) {
      throw new ParameterException(
          options.spec().commandLine(),
          "--space is %s, but the genotype is of %s".formatted(space.get(), source().space()));
    }
  }

  /**
   * The network these options name.
   *
   * @throws espalier.core.io.DataException if the genotype is malformed
   */
  Architecture resolve(NetworkOptions network, double dropPath) {
    if (classic.isPresent()) {
      Choice.NetworkName name = classic.get();
      return new Architecture(name.toString(), name.toString(), name.network()::network);
    }
    return switch (source().space()) {
      case DARTS -> {
        Genotype found = source().darts();
        DartsMacro macro = network.darts(dropPath);
        yield new Architecture(
            GenotypeNotation.print(found),
            macro.toString(),
            classes -> macro.network(found, classes));
      }
      default -> architecture(source().space().trained(network, dropPath), source());
    };
  }

  private static <A> Architecture architecture(SearchSpace<A> space, GenotypeSource source) {
    A found = read(space, source);
    return new Architecture(
        space.print(found), space.toString(), classes -> space.model(found, classes));
  }

  /** Where sizes belong to the notation, errors name the options that tell them. */
  private static <A> A read(SearchSpace<A> space, GenotypeSource source) {
    try {
      return source.of(space);
    } catch (DataException malformed) {
      Optional<String> sizes = source.space().readBy();
      if (sizes.isEmpty()) {
        throw malformed;
      }
      throw new DataException(
          "%s; %s must be as in its search".formatted(Failures.describe(malformed), sizes.get()),
          malformed);
    }
  }
}
