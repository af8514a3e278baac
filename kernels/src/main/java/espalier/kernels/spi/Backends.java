package espalier.kernels.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The backends found on this class path or module path, best first. */
public final class Backends {
  private static final System.Logger LOG = System.getLogger(Backends.class.getName());

  private Backends() {}

  /** All providers, highest priority first, ties by name. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).forEach(found::add);
    found.sort(
        Comparator.comparingInt(BackendProvider::priority)
            .reversed()
            .thenComparing(BackendProvider::name));
    return found;
  }

  /**
   * The automatic choice. It is made when it is first asked for and stays: what a process lacks it
   * lacks for good, and a program that opens many models wants to hear of it once.
   */
  private static final class Choice {
    static final Optional<BackendProvider> BEST = choose();

    private static Optional<BackendProvider> choose() {
      for (BackendProvider provider : providers()) {
        var reason = provider.unavailableReason();
        if (reason.isEmpty()) {
          return Optional.of(provider);
        }
        LOG.log(
            System.Logger.Level.WARNING, "backend {0} skipped: {1}", provider.name(), reason.get());
      }
      return Optional.empty();
    }
  }

  /**
   * Opens the best backend that is available here. The first call of a process logs one line for
   * each better one it skips.
   */
  public static Backend best(BackendOptions options) {
    return Choice.BEST
        .orElseThrow(() ->
            new IllegalStateException("backends: none is available, expected at least cpu-scalar"))
        .open(options);
  }

  /**
   * Opens the backend called {@code name}; never another one.
   *
   * @throws IllegalArgumentException if there is none of that name or it is not available here
   */
  public static Backend open(String name, BackendOptions options) {
    List<BackendProvider> providers = providers();
    for (BackendProvider provider : providers) {
      if (provider.name().equals(name)) {
        provider
            .unavailableReason()
            .ifPresent(reason -> {
              throw new IllegalArgumentException("backend " + name + ": " + reason);
            });
        return provider.open(options);
      }
    }
    throw new IllegalArgumentException(
        "backend: '%s' is unknown, expected one of %s"
            .formatted(name, providers.stream().map(BackendProvider::name).toList()));
  }
}
