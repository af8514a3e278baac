package espalier.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that takes so many bytes and then fails as a full disk does. */
final class FullDisk extends FilterOutputStream {
  private long room;

  FullDisk(OutputStream out, long room) {
    super(out);
    this.room = room;
  }

  @Override
  public void write(int b) throws IOException {
    if (room-- <= 0) {
      throw new IOException("No space left on device");
    }
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
  }
}
