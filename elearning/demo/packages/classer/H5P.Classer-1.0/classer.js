var H5P = H5P || {};

/** Facts to put in groups, one answer each, then a score. */
H5P.Classer = (function ($, EventDispatcher) {
  function Classer(params, contentId) {
    EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.score = 0;
    this.left = params.facts.length;
  }
  Classer.prototype = Object.create(EventDispatcher.prototype);
  Classer.prototype.constructor = Classer;

  Classer.prototype.attach = function ($container) {
    var self = this;
    self.setActivityStarted();
    $container.addClass("h5p-classer").append($("<p>").text(self.params.instruction));
    self.params.facts.forEach(function (fact) { $container.append(self.card(fact)); });
    self.$total = $("<p>", { "class": "h5p-classer-total", "aria-live": "polite" });
    $container.append(self.$total);
    self.trigger("resize");
  };

  Classer.prototype.card = function (fact) {
    var self = this;
    var $card = $("<fieldset>").append($("<legend>").text(fact.text));
    var $answer = $("<p>", { "aria-live": "polite" });
    self.params.groups.forEach(function (name, rank) {
      $("<button>", { type: "button", text: name }).appendTo($card).on("click", function () {
        var isRight = rank === fact.group;
        $card.find("button").prop("disabled", true);
        $card.addClass(isRight ? "is-right" : "is-wrong");
        $answer.text(isRight ? self.params.right : self.params.wrong + self.params.groups[fact.group]);
        self.answered(isRight);
      });
    });
    return $card.append($answer);
  };

  Classer.prototype.answered = function (isRight) {
    var max = this.params.facts.length;
    this.score += isRight ? 1 : 0;
    this.left -= 1;
    if (this.left) return;
    this.$total.text(this.params.total.replace("@score", this.score).replace("@max", max));
    this.triggerXAPIScored(this.score, max, "completed", true, this.score === max);
  };

  return Classer;
})(H5P.jQuery, H5P.EventDispatcher);
