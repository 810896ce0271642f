using Kera.Flows.Tests.Oracle;

namespace Kera.Flows.Tests.Scenarios;

/// <summary>Every row of the ValueFlows table on a minimal example: ten bricks in the yard, four of them in the event.</summary>
public class ActionEffects
{
    public static TheoryData<string> Actions => [.. ActionRow.All.Keys];

    public static TheoryData<string> ActionsOnResources => [.. ActionRow.All.Keys.Except(["work", "deliverService"])];

    [Theory, MemberData(nameof(Actions))]
    public void Quantities_change_as_the_table_says(string action)
    {
        var story = new Story(action);
        var row = ActionRow.All[action];
        var (accounting, onhand) = (story.Accounting(story.Bricks), story.Onhand(story.Bricks));

        story.Town.Happens(story.Example());

        Assert.Equal(accounting + Change(row.Accounting), story.Accounting(story.Bricks));
        Assert.Equal(onhand + Change(row.Onhand), story.Onhand(story.Bricks));
        Assert.Equal(row.Accounting.EndsWith('+') && row.Accounting.Length > 1 ? 4 : 0, story.Accounting(story.Target));
        Assert.Equal(row.Onhand.EndsWith('+') && row.Onhand.Length > 1 ? 4 : 0, story.Onhand(story.Target));

        static decimal Change(string effect) => effect[0] switch { '+' => 4, '-' => -4, _ => 0 };
    }

    [Theory, MemberData(nameof(ActionsOnResources))]
    public void Location_changes_as_the_table_says(string action)
    {
        var story = new Story(action);
        var row = ActionRow.All[action];
        if (row.Location == ".")
        {
            story.Town.Refuses<UnexpectedEffect>(story.Example() with { ToLocation = story.Hall });
            return;
        }

        story.Town.Happens(story.Example() with { ToLocation = story.Hall });

        // “New” sets the place of what comes into being; the bricks were there before, the copy was not.
        Assert.Equal(row.Location == "set" ? story.Hall : story.Yard, story.Town.State(story.Bricks).Location);
        Assert.Equal(row.Location == "setTo" || action == "copy" ? story.Hall : null, story.Town.Book.StateOf(story.Target)?.Location);
    }

    [Theory, MemberData(nameof(ActionsOnResources))]
    public void Container_changes_as_the_table_says(string action)
    {
        var story = new Story(action, all: action == "separate");
        var before = story.Town.State(story.Bricks).Container;

        story.Town.Happens(story.Example());

        Assert.Equal(ActionRow.All[action].Contained switch { "set" => story.Box, "clear" => null, _ => before }, story.Town.State(story.Bricks).Container);
    }

    [Theory, MemberData(nameof(ActionsOnResources))]
    public void Accountable_changes_as_the_table_says(string action)
    {
        var story = new Story(action);
        var row = ActionRow.All[action];

        story.Town.Happens(story.Example());

        Assert.Equal(story.Owner, story.Town.State(story.Bricks).Accountable);
        if (row.Creates == "to")
        {
            var receives = row.Accountable == "setTo" || action == "copy";
            Assert.Equal(receives ? story.Other : story.Owner, story.Town.State(story.Target).Accountable);
        }
    }

    [Theory, MemberData(nameof(ActionsOnResources))]
    public void Stage_changes_as_the_table_says(string action)
    {
        var story = new Story(action);
        var before = story.Town.State(story.Bricks).Stage;

        story.Town.Happens(story.Example());

        Assert.Equal(ActionRow.All[action].Stage == "set" ? story.Works.BasedOn : before, story.Town.State(story.Bricks).Stage);
    }

    [Theory, MemberData(nameof(Actions))]
    public void State_changes_as_the_table_says(string action)
    {
        var story = new Story(action);
        var row = ActionRow.All[action];
        if (row.State == ".")
        {
            story.Town.Refuses<UnexpectedEffect>(story.Example() with { State = "worn" });
            return;
        }

        story.Town.Happens(story.Example() with { State = "worn" });

        Assert.Equal(row.State == "set" ? "worn" : null, story.Town.State(story.Bricks).State);
        Assert.Equal(row.State == "setTo" ? "worn" : null, story.Town.Book.StateOf(story.Target)?.State);
    }

    [Theory, MemberData(nameof(ActionsOnResources))]
    public void Only_what_the_table_lets_come_into_being_does(string action)
    {
        var story = new Story(action);
        var unborn = story.Town.Stock("unborn", story.Bricks.ConformsTo);
        if (action is "produce" or "raise")
        {
            story.Town.Happens(story.Example() with { Resource = unborn });
            story.Town.Has(unborn, 4, 4, story.Owner, story.Owner);
            return;
        }

        // The table lets lower create as well; there is nothing to lower.
        story.Town.Refuses<NotThereYet>(story.Example() with { Resource = unborn });
        Assert.Null(story.Town.Book.StateOf(unborn));
    }

    [Theory, MemberData(nameof(Actions))]
    public void Process_is_on_the_side_that_the_table_says(string action)
    {
        var story = new Story(action);
        var example = story.Example();
        foreach (var (input, output) in new[] { (true, false), (false, true), (true, true), (false, false) })
        {
            var fits = ActionRow.All[action].Side switch
            {
                "in" => input && !output,
                "out" => !input && output,
                "inout" => input || output,
                _ => !input && !output,
            };
            if (!fits)
                story.Town.Refuses<WrongProcess>(example with { InputOf = input ? story.Works : null, OutputOf = output ? story.Works : null });
        }
    }

    [Theory, MemberData(nameof(Actions))]
    public void Event_carries_the_quantity_that_the_table_says(string action)
    {
        var story = new Story(action);
        var example = story.Example();
        var amount = example with { ResourceQuantity = Quantity.Whole(4), ResourceUnit = Unit.Find("1"), EffortQuantity = null, EffortUnit = null };
        var effort = example with { ResourceQuantity = null, ResourceUnit = null, EffortQuantity = Quantity.Whole(1), EffortUnit = Unit.Find("h") };
        var both = amount with { EffortQuantity = effort.EffortQuantity, EffortUnit = effort.EffortUnit };
        var neither = amount with { ResourceQuantity = null, ResourceUnit = null };

        story.Town.Refuses<MissingQuantity>(neither);
        switch (ActionRow.All[action].Carries)
        {
            case "resource":
                story.Town.Refuses<UnexpectedQuantity>(both);
                Assert.False(story.Town.Book.Append([effort]).Accepted);
                story.Town.Happens(amount);
                break;
            case "effort":
                story.Town.Refuses<UnexpectedQuantity>(both);
                Assert.False(story.Town.Book.Append([amount]).Accepted);
                story.Town.Happens(effort);
                break;
            default:
                story.Town.Happens(amount, effort, both);
                break;
        }
    }

    [Theory]
    [InlineData("pickup")]
    [InlineData("accept")]
    public void Taking_into_another_s_process_hands_over_custody_and_bringing_back_returns_it(string action)
    {
        var story = new Story(action);

        story.Town.Happens(story.Town.Event(action, story.Owner, story.Other, story.Bricks, 10) with { InputOf = story.Works });
        story.Town.Has(story.Bricks, 10, 0, story.Owner, story.Other);

        story.Town.Happens(story.Town.Event(ActionRow.All[action].Pair, story.Other, story.Owner, story.Bricks, 10) with { OutputOf = story.Works });
        story.Town.Has(story.Bricks, 10, 10, story.Owner, story.Owner);
    }

    /// <summary>An owner's ten bricks in the yard, made ready for one action.</summary>
    private sealed class Story
    {
        private readonly string action;
        private readonly decimal amount;

        public Story(string action, bool all = false)
        {
            this.action = action;
            amount = all ? 10 : 4;
            var kind = Town.Kind("brick", "1", "h");
            (Owner, Other) = (Town.Agent("owner"), Town.Agent("other"));
            (Yard, Hall) = (Town.Place("yard"), Town.Place("hall"));
            (Bricks, Target, Box) = (Town.Stock("bricks", kind), Town.Stock("target", kind), Town.Stock("box", kind));
            Works = Town.Process("works", "reworked");
            Town.Opens(Owner, Box, 1);
            Town.Happens(Town.Event("produce", Owner, Bricks, 10) with { OutputOf = Town.Process("kiln", "fired"), ToLocation = Yard });
            var before = action switch { "dropoff" => "pickup", "modify" => "accept", "separate" => "combine", _ => null };
            if (before is not null)
                Town.Happens(Town.Event(before, Owner, Bricks, 10, before == "combine" ? Box : null) with { InputOf = Works });
        }

        public Town Town { get; } = new();

        public Agent Owner { get; }

        public Agent Other { get; }

        public SpatialThing Yard { get; }

        public SpatialThing Hall { get; }

        public EconomicResource Bricks { get; }

        public EconomicResource Target { get; }

        public EconomicResource Box { get; }

        public Process Works { get; }

        public decimal Accounting(EconomicResource resource) => Town.Book.StateOf(resource)?.Accounting.ToDecimal() ?? 0;

        public decimal Onhand(EconomicResource resource) => Town.Book.StateOf(resource)?.Onhand.ToDecimal() ?? 0;

        /// <summary>The plainest event of the action.</summary>
        public EconomicEvent Example()
        {
            var row = ActionRow.All[action];
            var receiver = row.Creates == "to" && action != "move" ? Other : Owner;
            var example = Town.Event(action, Owner, receiver, Bricks, amount, row.Creates == "to" ? Target : action == "combine" ? Box : null);
            example = example with
            {
                InputOf = row.Side is "in" or "inout" ? Works : null,
                OutputOf = row.Side == "out" ? Works : null,
            };
            return action switch
            {
                "work" => example with
                {
                    Resource = null,
                    ConformsTo = Bricks.ConformsTo,
                    ResourceQuantity = null,
                    ResourceUnit = null,
                    EffortQuantity = Quantity.Whole(4),
                    EffortUnit = Unit.Find("h"),
                },
                "deliverService" => example with { Resource = null, ConformsTo = Bricks.ConformsTo },
                _ => example,
            };
        }
    }
}
