package espalier.kernels.spi;

import java.util.Optional;

/**
 * Announces a backend; found by {@link java.util.ServiceLoader}. A provider must load on every
 * machine: what it offers may be missing, and then it says why.
 */
public interface BackendProvider {

  /** The name users type, {@code cpu-simd} for one. */
  String name();

  /** Automatic choice takes the available provider with the highest priority. */
  int priority();

  /** Why the backend cannot be opened here, in one sentence with the remedy; empty if it can. */
  Optional<String> unavailableReason();

  /** Opens the backend. */
  Backend open(BackendOptions options);
}
