package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;

/**
 * The pixels a convolution writes, cut into strips: pixels in line, along a row, a column or
 * through the images, that use the same taps.
 *
 * @param images images of the batch
 * @param rows taps along the height
 * @param columns taps along the width
 * @param source the pixels that are read
 * @param target the pixels that are written
 */
record TapLoops(int images, TapAxis rows, TapAxis columns, Plane source, Plane target) {
  /*
   * At the border of an image few pixels of a row share their taps, but the same pixel of every
   * image does, and in the interior so do those of a column. Rows come first because neighbours in
   * a row read the same memory. Which way a strip runs does not show in the bits.
   */

  /** Strips run through the images: the distances between their pixels are an image each. */
  static final int THROUGH_IMAGES = 0;

  /** Strips run down a column. */
  static final int DOWN = 1;

  /** Strips run along a row. */
  static final int ALONG = 2;

  /** Images of a part: enough for strips through the images. */
  private static final int IMAGES_PER_PART = 8;

  /** Parts per thread that even out the work. */
  private static final int PARTS_PER_THREAD = 3;

  /** Multiply-accumulates below which one part is enough. */
  private static final long SMALL = 1 << 16;

  /** From the input to the output. */
  static TapLoops forward(Conv2dGeometry g) {
    return new TapLoops(
        g.batch(),
        forwardRows(g),
        forwardColumns(g),
        new Plane(g.inHeight(), g.inWidth(), g.inChannels()),
        new Plane(g.outHeight(), g.outWidth(), g.outChannels()));
  }

  /** From the gradient of the output to that of the input. */
  static TapLoops backward(Conv2dGeometry g) {
    return new TapLoops(
        g.batch(),
        TapAxis.backward(
            g.inHeight(),
            g.outHeight(),
            g.kernelHeight(),
            g.strideHeight(),
            g.padTop(),
            g.dilationHeight()),
        TapAxis.backward(
            g.inWidth(),
            g.outWidth(),
            g.kernelWidth(),
            g.strideWidth(),
            g.padLeft(),
            g.dilationWidth()),
        new Plane(g.outHeight(), g.outWidth(), g.outChannels()),
        new Plane(g.inHeight(), g.inWidth(), g.inChannels()));
  }

  /** The height axis from the input to the output. */
  static TapAxis forwardRows(Conv2dGeometry g) {
    return TapAxis.forward(
        g.inHeight(),
        g.outHeight(),
        g.kernelHeight(),
        g.strideHeight(),
        g.padTop(),
        g.dilationHeight());
  }

  /** The width axis from the input to the output. */
  static TapAxis forwardColumns(Conv2dGeometry g) {
    return TapAxis.forward(
        g.inWidth(),
        g.outWidth(),
        g.kernelWidth(),
        g.strideWidth(),
        g.padLeft(),
        g.dilationWidth());
  }

  /** Source elements from one pixel of a strip to the next. */
  int sourceStride(int direction) {
    return switch (direction) {
      case THROUGH_IMAGES -> source.elements();
      case DOWN -> rows.sourceStep() * source.row();
      default -> columns.sourceStep() * source.channels();
    };
  }

  /** Target elements from one pixel of a strip to the next, where spans step by {@code step}. */
  int targetStride(int direction, int step) {
    return switch (direction) {
      case THROUGH_IMAGES -> target.elements();
      case DOWN -> step * target.row();
      default -> step * target.channels();
    };
  }

  /** Source elements from one tap row to the next of a pixel. */
  int sourceRowTap() {
    return rows.sourceTapStep() * source.row();
  }

  /** Source elements from one tap column to the next of a pixel. */
  int sourceColumnTap() {
    return columns.sourceTapStep() * source.channels();
  }

  /**
   * Passes every target pixel to a strip of {@code strips} once, its parts spread over the workers.
   *
   * @param longEnough pixels that make a strip worth its direction
   * @param work multiply-accumulates of the whole
   */
  void run(int longEnough, long work, Workers workers, Strips strips) {
    int imageParts = Math.ceilDiv(images, IMAGES_PER_PART);
    int wanted = work < SMALL ? 1 : PARTS_PER_THREAD * workers.threads();
    int rowParts =
        Math.clamp(Math.ceilDiv(wanted, Math.max(1, imageParts)), 1, Math.max(1, target.height()));
    workers.each(
        imageParts * rowParts,
        part -> {
          int image = part / rowParts * IMAGES_PER_PART;
          int count = Math.min(IMAGES_PER_PART, images - image);
          for (Span row : rows.spans()) {
            int from = row.count() * (part % rowParts) / rowParts;
            int to = row.count() * (part % rowParts + 1) / rowParts;
            for (Span column : columns.spans()) {
              rectangle(image, count, row, from, to - from, column, longEnough, strips);
            }
          }
        });
  }

  private void rectangle(
      int image,
      int images,
      Span row,
      int from,
      int height,
      Span column,
      int longEnough,
      Strips strips) {
    int width = column.count();
    int direction = direction(images, height, width, longEnough);
    int count =
        switch (direction) {
          case THROUGH_IMAGES -> images;
          case DOWN -> height;
          default -> width;
        };
    int source0 =
        (row.source() + from * rows.sourceStep()) * source.row()
            + column.source() * source.channels();
    int target0 =
        (row.from() + from * row.step()) * target.row() + column.from() * target.channels();
    Strip strip = strips.of(direction, count, row, column);
    for (int n = 0; n < (direction == THROUGH_IMAGES ? 1 : images); n++) {
      for (int y = 0; y < (direction == DOWN ? 1 : height); y++) {
        for (int x = 0; x < (direction == ALONG ? 1 : width); x++) {
          strip.run(
              source0
                  + (image + n) * source.elements()
                  + y * sourceStride(DOWN)
                  + x * sourceStride(ALONG),
              target0
                  + (image + n) * target.elements()
                  + y * targetStride(DOWN, row.step())
                  + x * targetStride(ALONG, column.step()));
        }
      }
    }
  }

  private static int direction(int images, int height, int width, int longEnough) {
    if (width >= longEnough || (width >= images && width >= height)) {
      return ALONG;
    }
    return images >= longEnough || images >= height ? THROUGH_IMAGES : DOWN;
  }

  /** Extents of an image whose channels are contiguous. */
  record Plane(int height, int width, int channels) {
    int row() {
      return width * channels;
    }

    int elements() {
      return height * row();
    }
  }

  /** Makes strips of one kind. */
  @FunctionalInterface
  interface Strips {
    /**
     * What computes strips of {@code count} pixels.
     *
     * @param row the span the pixels' rows belong to
     * @param column the span the pixels' columns belong to
     */
    Strip of(int direction, int count, Span row, Span column);
  }

  /** Computes strips that differ in nothing but where they are. */
  @FunctionalInterface
  interface Strip {
    /**
     * Computes one strip.
     *
     * @param source where the first pixel's first tap reads, at channel 0
     * @param target where the first pixel is written, at channel 0
     */
    void run(int source, int target);
  }
}
