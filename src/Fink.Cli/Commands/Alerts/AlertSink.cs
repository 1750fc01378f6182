using Fink.Cli.Output;
using Fink.Client;
using Fink.Viewer.LightCurves;

namespace Fink.Cli.Commands.Alerts;

/// <summary>Where <c>consume</c> puts each alert as it arrives.</summary>
internal abstract class AlertSink
{
    public static AlertSink For(Invocation run, string format, string folder, bool overwrite) => format switch
    {
        "json" => new JsonLines(run.Terminal.Out),
        "avro" => new AvroFiles(run, Open(folder, overwrite)),
        "curve" => new Curves(run.RendererFor(OutputFormat.Table)),
        "tsv" => new AlertLines(run.Terminal.Out),
        _ => new AlertTable(run.Terminal),
    };

    public abstract void Write(Alert alert);

    /// <summary>The exit code, when the last alert is written.</summary>
    public virtual int Finish() => ExitCode.Done;

    private static AlertFileWriter Open(string folder, bool overwrite)
    {
        try
        {
            return new AlertFileWriter(folder, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--outdir {folder}: this folder cannot be made: {error.Message}", error);
        }
    }

    private sealed class JsonLines(TextWriter output) : AlertSink
    {
        public override void Write(Alert alert) => output.WriteLine(alert.ToJson());
    }

    private sealed class Curves(Renderer renderer) : AlertSink
    {
        public override void Write(Alert alert)
        {
            renderer.WriteHeading($"object {alert.ObjectId ?? "-"}, alert {alert.AlertId ?? "-"}");
            renderer.WriteCurve(LightCurve.Of(alert));
        }
    }

    /// <summary>An alert that two topics hold alike is one file; a file from before is left as it is and counted.</summary>
    private sealed class AvroFiles(Invocation run, AlertFileWriter writer) : AlertSink
    {
        private readonly WrittenAlerts _written = new();
        private readonly HashSet<string> _kept = [];

        public override void Write(Alert alert)
        {
            try
            {
                var path = writer.Write(alert);
                if (_written.Add(path, alert))
                {
                    run.Terminal.Out.WriteLine(path);
                }
            }
            catch (AlertFileExistsException exists) when (_written.Has(exists.Path))
            {
                _written.Add(exists.Path, alert);
                run.Detail($"{exists.Path}: alert {alert.AlertId ?? "-"} again, from {alert.Position}");
            }
            catch (AlertFileExistsException exists)
            {
                if (_kept.Add(exists.Path))
                {
                    run.Note($"fink-kafka: {exists.Path} exists already and was left as it is: choose another --outdir, or --overwrite");
                }
            }
        }

        public override int Finish()
        {
            if (_kept.Count > 0)
            {
                run.Note($"{_kept.Count} {(_kept.Count == 1 ? "file was" : "files were")} there already and left alone: --overwrite replaces them");
            }

            if (_written.Complaint("file") is { } complaint)
            {
                run.Note(complaint);
            }

            return _kept.Count > 0 || _written.Others > 0 ? ExitCode.Failed : ExitCode.Done;
        }
    }
}
