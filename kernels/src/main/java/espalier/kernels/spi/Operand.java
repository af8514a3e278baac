package espalier.kernels.spi;

/**
 * A buffer read over an iteration space: element {@code (i₀, i₁, …)} is at {@code Σ iₐ·stride(a)}.
 * A stride of 0 repeats the operand along that axis; along the last axis the stride is 0 or 1.
 */
public record Operand(Ref ref, Dims strides) {}
