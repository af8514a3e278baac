package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** Channels {@code from … from + channels − 1} and the tile that computes them. */
record ChannelBlock<T>(T tile, int from, int channels) {

  /**
   * Covers {@code channels} channels; where too few remain for the first tile, it reaches back over
   * channels already covered if there are enough.
   *
   * @param tiles for many channels first, the last for any number
   * @param taken how many of the channels left a tile takes; 0 where they are too few
   */
  static <T> List<ChannelBlock<T>> cover(
      int channels, List<T> tiles, ToIntBiFunction<T, Integer> taken) {
    List<ChannelBlock<T>> blocks = new ArrayList<>();
    for (T tile : tiles) {
      int most = taken.applyAsInt(tile, channels);
      for (int from = 0; most > 0 && from < channels; from += most) {
        int taking = taken.applyAsInt(tile, channels - from);
        int start = taking == 0 ? channels - most : from;
        blocks.add(new ChannelBlock<>(tile, start, taking == 0 ? most : taking));
      }
      if (most > 0) {
        break;
      }
    }
    return List.copyOf(blocks);
  }
}
