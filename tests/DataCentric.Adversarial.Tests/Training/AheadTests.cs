using DataCentric.Adversarial.Training;

namespace DataCentric.Adversarial.Tests.Training;

public class AheadTests
{
    [Fact]
    public void Elements_come_in_their_order()
    {
        Ahead.Prepare(Enumerable.Range(0, 100), i => i * i).ShouldBe(Enumerable.Range(0, 100).Select(i => i * i));
        Ahead.Prepare(Array.Empty<int>(), i => i).ShouldBeEmpty();
    }

    [Fact]
    public void While_one_is_worked_on_the_next_is_prepared_on_another_thread_and_no_more()
    {
        using var isNextPrepared = new ManualResetEventSlim();
        var asked = 0;
        using var elements = Ahead.Prepare(Source(), i =>
        {
            if (i == 1)
                isNextPrepared.Set();
            return i;
        }).GetEnumerator();

        elements.MoveNext().ShouldBeTrue();

        isNextPrepared.Wait(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken).ShouldBeTrue(); // this thread is here, so another did it
        asked.ShouldBe(2);

        IEnumerable<int> Source()
        {
            while (asked < 10)
                yield return asked++;
        }
    }

    [Fact]
    public void What_the_preparation_throws_comes_at_its_element()
    {
        using var elements = Ahead.Prepare(Enumerable.Range(0, 3), i => i == 1 ? throw new InputException("broken") : i).GetEnumerator();

        elements.MoveNext().ShouldBeTrue();
        Should.Throw<InputException>(() => elements.MoveNext()).Message.ShouldBe("broken");
    }
}
