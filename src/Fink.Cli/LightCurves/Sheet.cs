namespace Fink.Cli.LightCurves;

/// <summary>A run of text in one ink.</summary>
/// <param name="Ink">A band's letter, <c>limit</c>, or empty for the terminal's own.</param>
internal readonly record struct Stroke(string Text, string Ink);

/// <summary>Letters on a sheet of fixed size, each in an ink.</summary>
internal sealed class Sheet
{
    private readonly (char Letter, string Ink)[,] _cells;

    public Sheet(int width, int height)
    {
        _cells = new (char, string)[height, width];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                _cells[row, column] = (' ', "");
            }
        }
    }

    public int Width => _cells.GetLength(1);

    public int Height => _cells.GetLength(0);

    public void Put(int column, int row, char letter, string ink = "") => _cells[row, column] = (letter, ink);

    /// <summary>Text from a column on; what goes over the edge is cut.</summary>
    public void Write(int column, int row, string text)
    {
        for (var i = 0; i < text.Length && column + i < Width; i++)
        {
            Put(column + i, row, text[i]);
        }
    }

    /// <summary>Line by line, without blanks at a line's end.</summary>
    public IReadOnlyList<IReadOnlyList<Stroke>> Lines() => [.. Enumerable.Range(0, Height).Select(Line)];

    private List<Stroke> Line(int row)
    {
        var strokes = new List<Stroke>();
        var last = Enumerable.Range(0, Width).LastOrDefault(column => _cells[row, column].Letter != ' ', -1);
        for (var column = 0; column <= last; column++)
        {
            var (letter, ink) = _cells[row, column];
            if (strokes.Count > 0 && strokes[^1].Ink == ink)
            {
                strokes[^1] = new Stroke(strokes[^1].Text + letter, ink);
            }
            else
            {
                strokes.Add(new Stroke(letter.ToString(), ink));
            }
        }

        return strokes;
    }
}
