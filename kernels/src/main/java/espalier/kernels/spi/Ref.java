package espalier.kernels.spi;

/** Names one buffer of a {@link Program} by its position in {@link Program#buffers()}. */
public record Ref(int id) {
  public Ref {
    if (id < 0) {
      throw new IllegalArgumentException("ref: id is " + id + ", expected 0 or more");
    }
  }
}
