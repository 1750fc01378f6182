namespace Fink.Architecture.Tests;

public class ReferenceGraphTests
{
    [Fact]
    public void Placeholder() => Assert.True(true);
}
