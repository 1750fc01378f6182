using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Fink.Avro.Tests.Oracles;

/// <summary>Debian's python3-avro, a reader that is not ours: decodes values from a file and writes JSON lines.</summary>
internal static class PythonAvro
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import sys, json, io, struct, hashlib, math
        import avro.schema, avro.io
        def conv(v, s):
            if v is None: return None
            if s.type == "union": return conv(v, next(b for b in s.schemas if b.type != "null"))
            if s.type == "record": return {f.name: conv(v[f.name], f.type) for f in s.fields}
            if s.type == "map": return {k: conv(x, s.values) for k, x in v.items()}
            if s.type == "array": return [conv(x, s.items) for x in v]
            if s.type == "bytes": return {"sha256": hashlib.sha256(v).hexdigest(), "len": len(v)}
            if s.type in ("float", "double"):
                if math.isnan(v): return "NaN"
                if math.isinf(v): return "Infinity" if v > 0 else "-Infinity"
                return next(x for x in (float("%.*g" % (n, v)) for n in range(6, 18)) if struct.pack("f", x) == struct.pack("f", v)) if s.type == "float" else v
            return v
        folder = sys.argv[1]
        schema = avro.schema.parse(open(folder + "/schema.avsc").read())
        reader = avro.io.DatumReader(schema)
        data = open(folder + "/values", "rb")
        while head := data.read(4):
            body = io.BytesIO(data.read(struct.unpack("<i", head)[0]))
            row = conv(reader.read(avro.io.BinaryDecoder(body)), schema)
            assert body.read() == b"", "bytes left behind the datum"
            print(json.dumps(row))
        """;

    /// <summary>Skips the running test where there is no python3-avro.</summary>
    public static List<JsonObject> Decode(AlertSchema schema, IReadOnlyList<byte[]> values)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import avro.io").ExitCode == 0, "no python3-avro (Debian's package)");
        var folder = Directory.CreateTempSubdirectory("fink-python-avro-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "schema.avsc"), schema.Json);
            using (var file = new BinaryWriter(File.Create(Path.Combine(folder.FullName, "values"))))
            {
                foreach (var value in values)
                {
                    file.Write(value.Length);
                    file.Write(value);
                }
            }

            var (exitCode, output, errors) = Run("-c", Script, folder.FullName);
            Assert.True(exitCode == 0, errors);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
