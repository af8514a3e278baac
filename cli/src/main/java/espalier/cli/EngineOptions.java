package espalier.cli;

import espalier.core.io.NearestName;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendProvider;
import espalier.kernels.spi.Backends;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What computes. */
final class EngineOptions {
  static final String AUTOMATIC = "auto";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "what computes: auto, or a name that 'espalier doctor' lists")
  String backend = AUTOMATIC;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that compute; they change no result")
  int threads = Runtime.getRuntime().availableProcessors();

  /** Opens the backend, or explains as a usage error why it cannot be. */
  Backend open(CommandSpec spec) {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads: found %d, expected 1 or more".formatted(threads));
    }
    BackendOptions options = BackendOptions.threads(threads);
    if (backend.equals(AUTOMATIC)) {
      return Backends.best(options);
    }
    List<String> known = Backends.providers().stream().map(BackendProvider::name).toList();
    if (!known.contains(backend)) {
      throw new ParameterException(
          spec.commandLine(),
          "--backend: '%s' is unknown, did you mean '%s'? Known are auto, %s"
              .formatted(backend, NearestName.of(backend, known), String.join(", ", known)));
    }
    try {
      return Backends.open(backend, options);
    } catch (IllegalArgumentException unavailable) {
      throw new ParameterException(spec.commandLine(), Failures.describe(unavailable));
    }
  }
}
