using System.Text;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Embedded;

/// <summary>A log that cannot fill the disk: when it is long, it becomes <c>NAME.1</c>, that one <c>NAME.2</c>, and the oldest goes.</summary>
internal sealed class RollingFile(string path, long maxBytes = 50_000_000, int older = 4) : TextWriter
{
    private FileStream? _file;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var bytes = Encoding.UTF8.GetBytes(buffer.ToArray());
        if (_file is { } full && full.Length > 0 && full.Length + bytes.Length > maxBytes)
        {
            full.Dispose();
            Roll();
            _file = null;
        }

        _file ??= Open();
        _file.Write(bytes);
    }

    public override void Flush() => _file?.Flush();

    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        base.Dispose(disposing);
    }

    private FileStream Open()
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        return new FileStream(path, PrivateFiles.Options(FileMode.Append, FileShare.ReadWrite | FileShare.Delete));
    }

    private void Roll()
    {
        for (var i = older - 1; i >= 0; i--)
        {
            var from = i == 0 ? path : $"{path}.{i}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{i + 1}", overwrite: true);
            }
        }
    }
}
