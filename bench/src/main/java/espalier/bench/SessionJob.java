package espalier.bench;

import espalier.core.nn.Parameter;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An assembly in a session of its own. Results stay in the arena, as libtorch's stay in its
 * tensors: they are computed and stored, but not copied out. CPU backends are done when a run
 * returns.
 */
final class SessionJob implements Job {
  private final Assembly assembly;
  private final Session session;
  private final List<Executable> executables = new ArrayList<>();

  SessionJob(Backend backend, Assembly assembly) {
    this.assembly = assembly;
    this.session = new Session(backend);
    for (Parameter variable : assembly.variables()) {
      session.declare(variable.name(), variable.shape(), HostData.of(Assembly.initial(variable)));
    }
    for (Assembly.Phase phase : assembly.phases()) {
      executables.add(session.compile(phase.computation()));
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < executables.size(); i++) {
      run(i);
    }
  }

  private Values run(int phase) {
    return session.run(executables.get(phase), assembly.phases().get(phase).feeds());
  }

  @Override
  public Map<String, float[]> answers() {
    Map<String, float[]> answers = new LinkedHashMap<>();
    for (int i = 0; i < executables.size(); i++) {
      Values values = run(i);
      List<String> names = assembly.phases().get(i).answers();
      for (int r = 0; r < names.size(); r++) {
        answers.put(names.get(r), values.floats(r));
      }
    }
    assembly.watched().forEach(name -> answers.put(name, session.read(name)));
    return answers;
  }

  @Override
  public void close() {
    session.close();
  }
}
