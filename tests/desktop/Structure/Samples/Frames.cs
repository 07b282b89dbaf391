namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>Methods whose stack frames on the device are known.</summary>
internal abstract class Frames
{
    private static int _sum;

    public static void Least()
    {
    }

    public static void TwelveArguments()
    {
        _sum = Add(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    public static void Nested()
    {
        Least();
        TwelveArguments();
    }

    public static void Again()
    {
        Again();
    }

    public void CallsVirtual()
    {
        Virtual();
    }

    protected abstract void Virtual();

    private static int Add(
        int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l)
    {
        return a + b + c + d + e + f + g + h + i + j + k + l + _sum;
    }

    internal sealed class Derived : Frames
    {
        protected override void Virtual()
        {
            TwelveArguments();
        }
    }
}
