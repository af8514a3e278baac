package espalier.kernels.cpu;

/**
 * Where the operands of a depthwise convolution lie: distances in elements from pixel to pixel, from
 * tap row to tap row and from tap column to tap column, in the source, the weights and the target.
 */
record TapStrides(
    int sourcePixel,
    int sourceRowTap,
    int sourceColumnTap,
    int weightRowTap,
    int weightColumnTap,
    int targetPixel) {}
