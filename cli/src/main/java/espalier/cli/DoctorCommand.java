package espalier.cli;

import com.sun.management.OperatingSystemMXBean;
import espalier.core.study.Provenance;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendProvider;
import espalier.kernels.spi.Backends;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine offers. */
@Command(
    name = "doctor",
    description = "Says what this machine offers, and why a backend cannot be used.",
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1L << 30;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(names = "--threads", paramLabel = "N", description = "threads to open backends with")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @Override
  public Integer call() {
    Terminal terminal = Espalier.terminal(spec);
    terminal.print("espalier    %s", Provenance.VERSION);
    terminal.print(
        "Java        %s, %s (%s)",
        Runtime.version(), System.getProperty("java.vm.name"), System.getProperty("java.home"));
    terminal.print(
        "System      %s %s, %d processors",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    terminal.print("Memory      %s", memory());
    terminal.print("Backends, best first:");
    boolean chosen = false;
    for (BackendProvider provider : Backends.providers()) {
      String skipped = provider.unavailableReason().orElse("");
      String state = !skipped.isEmpty() ? "no " : chosen ? "yes" : "auto";
      chosen |= skipped.isEmpty();
      terminal.print(
          "  %-4s  %s",
          state, skipped.isEmpty() ? opened(provider) : provider.name() + ": " + skipped);
    }
    terminal.print(
        "Data        'espalier data fashion-mnist' downloads some; a folder of your own");
    terminal.print("            may hold IDX files, CIFAR-10 batches, or a folder per class.");
    return ExitCode.DONE.code();
  }

  private String opened(BackendProvider provider) {
    try (Backend backend = provider.open(BackendOptions.threads(threads))) {
      return backend.description();
    }
  }

  private static String memory() {
    String heap =
        "%.1f GB for Java (change it with -Xmx)"
            .formatted(Runtime.getRuntime().maxMemory() / GIGABYTE);
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? "%.1f GB, %s".formatted(system.getTotalMemorySize() / GIGABYTE, heap)
        : heap;
  }
}
