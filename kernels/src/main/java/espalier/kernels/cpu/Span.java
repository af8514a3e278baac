package espalier.kernels.cpu;

/**
 * Target pixels along one axis that use the same taps: pixel {@code q} of {@code count} is at
 * {@code from + q·step} and uses taps {@code firstTap + u·tapStep}, {@code u < taps}.
 *
 * @param source the source pixel that the first pixel's first tap reads; 0 where there are no taps
 */
record Span(int from, int step, int count, int firstTap, int tapStep, int taps, int source) {}
