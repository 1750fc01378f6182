using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Fink.KillLoop;

/// <summary>One life of the broker.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private BrokerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static BrokerProcess Start(IReadOnlyList<string> command) => new(
        Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <exception cref="KillLoopException">It ended by itself, or does not serve.</exception>
    public async Task WaitUntilReadyAsync(IAdminClient admin, TimeSpan within)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < within;)
        {
            if (_process.HasExited) throw new KillLoopException($"the broker ended by itself with {_process.ExitCode}: {Said}");

            try
            {
                admin.GetMetadata(TimeSpan.FromMilliseconds(500));
                return;
            }
            catch (KafkaException)
            {
                await Task.Delay(20);
            }
        }

        throw new KillLoopException($"the broker did not serve within {within.TotalSeconds} s: {Said}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            if (_said.Length < 64 * 1024) _said.AppendLine(line.Data);
        }
    }
}

public sealed class KillLoopException(string message) : Exception(message);
