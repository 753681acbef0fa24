import ArgumentParser

/// What every command takes that holds the logs of today against what somebody carried away.
struct PinOption: ParsableArguments {
    @Option(help: "A folder that cycle audit pin wrote: prove that today's logs continue it.")
    var pins: String?
}
