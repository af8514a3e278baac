package espalier.cli;

import espalier.core.nn.Network;
import java.util.function.IntFunction;

/**
 * A network that a user named.
 *
 * @param notation the architecture in its notation, or a name
 * @param around the network around the architecture's cells
 * @param network for a number of classes
 */
record Architecture(String notation, String around, IntFunction<Network> network) {}
