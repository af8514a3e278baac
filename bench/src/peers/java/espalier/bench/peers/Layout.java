package espalier.bench.peers;

import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** How libtorch lays out images [N, C, H, W]. */
public enum Layout {
  /** Its default: plane by plane. */
  CONTIGUOUS("contiguous", MemoryFormat.Contiguous),
  /** Pixel by pixel, as ours. */
  CHANNELS_LAST("channels-last", MemoryFormat.ChannelsLast);

  private final String title;
  private final MemoryFormat format;

  Layout(String title, MemoryFormat format) {
    this.title = title;
    this.format = format;
  }

  MemoryFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return title;
  }
}
