"""Everything one person has, builds up, may claim or cannot know yet, across all programs. It knows no program: they offer."""
