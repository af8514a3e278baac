package espalier.core.catalog;

import espalier.core.nn.AreaResize;
import espalier.core.nn.Network;

/**
 * A mobile network that says how large its images are: whatever comes in is brought to that size.
 *
 * @param resolution rows and columns of its images
 */
public record SizedMobileNet(int resolution, MobileNet net) {

  /** The classifier. Its variables are those of {@link MobileNet#network}. */
  public Network network(int classes) {
    AreaResize resize = AreaResize.square(resolution);
    Network sized = net.network(classes);
    return (scope, images) -> sized.build(scope, resize.apply(scope, images));
  }
}
