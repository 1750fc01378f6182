using Fink.Cli.Legacy;

namespace Fink.Cli.Tests.Legacy;

public sealed class GetOptsTests
{
    [Theory]
    [InlineData("-a -u bob", "a u=bob")]
    [InlineData("-adu bob", "a d u=bob")]
    [InlineData("-ubob", "u=bob")]
    [InlineData("-adubob -p", "a d u=bob p!")]
    [InlineData("-papd", "p=apd")]
    [InlineData("-p -d", "p=-d")]
    [InlineData("-p -- -a", "p=-- a")]
    [InlineData("-a -- -d", "a")]
    [InlineData("-a bob -d", "a")]
    [InlineData("-a - -d", "a")]
    [InlineData("-xa", "x? a")]
    [InlineData("-:", ":?")]
    [InlineData("-u bob -u eve", "u=bob u=eve")]
    public void Letters_are_read_as_the_shell_reads_them(string words, string expected)
    {
        var read = GetOpts.Read("adu:p:h", words.Split(' ')).Select(option => option.Fault switch
        {
            LetterFault.Unknown => $"{option.Letter}?",
            LetterFault.MissingValue => $"{option.Letter}!",
            _ => option.Value is null ? $"{option.Letter}" : $"{option.Letter}={option.Value}",
        });

        Assert.Equal(expected, string.Join(' ', read));
    }
}
