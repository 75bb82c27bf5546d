"""Latin names that are spoken: given names of many peoples, and the pleasant words that people call themselves by.

Like the Han ones they are a list of what is allowed: brands, causes, puns and new insults need no entry to stay out.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words(
    """
    aaron abby abigail adam adele adrian agnes ahmed aida aiden aisha aki akira alan alana albert aldo alejandra
    alejandro alessia alex alexa alexander alexandra alexis alfie alfred ali alice alicia alina alisa alison
    aliya allen alma alvin alya amal amanda amara amber amelia amelie amina amir amira amit amy ana anais anand
    anders andre andrea andreas andrei andrew andy angel angela angelina angie anika anil anita anja anna
    annabel anne annie anton antonia antonio anya april archie ari aria ariana ariel arjun arlo arnold arthur
    arun asha asher ashley astrid athena aubrey audrey august aurora austin ava avery ayesha ayla bao barbara
    bart beatrice becky bella ben benedikt benjamin bennett bernard beth betty bianca bilal bill billy bjorn
    blake bob bobby bonnie boris brad brandon brenda brian brianna bridget brooke bruce bruno bryan caleb callum
    camila camille carina carl carla carlos carmen carol carolina caroline carrie carter cassie catalina
    catherine cathy cecilia cedric celia celine cesar chad chandra charles charlie charlotte chen cheng chiara
    chloe chris christian christina christine cici cindy claire clara claudia clement cleo cody colin connor
    cora coral cordelia courtney craig cristina cynthia cyrus daisuke daisy damian dan dana daniel daniela danny
    daphne daria dario dave david dawn dean deborah deepak deepika denise dennis derek diana diego dima dina
    dmitri dominic dominik donna dora doris dorothy douglas duncan dylan ebba eddie eden edgar edith edward
    eileen elaine eleanor elena eli elias elif elijah elin elisa elizabeth ella ellen ellie elliot elliott elsa
    emil emilia emilie emily emma emre enzo eric erica erik erika erin ernest esme esteban estelle esther ethan
    eugene eva evan eve evelyn ezra fabian fabio farah fatima federico felicia felipe felix fernanda fernando
    filip finn fiona flora florence florian frances francesca francesco francis francisco francois frank frankie
    fred freddie frederick freya frida gabe gabriel gabriela gary gavin gemma george georgia gerald gerard
    gianna gina giorgio giovanni giulia gloria gordon grace graham greta gus gustav hailey haley hamza hana hank
    hanna hannah hans hao harold harper harriet harry haruka haruki haruto harvey hassan hazel heather hector
    heidi helen helena helga henri henry hiro hiroshi holly hope howard hugo hui hyun ian ibrahim ida igor ilya
    imani imran ines inga ingrid irene irina iris isaac isabel isabella isha isla ismail ivan ivy jack jackie
    jacob jacqueline jade jaden jake jamal james jamie jan jana jane janet janice jasmine jason jasper javier
    jay jayden jean jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jess jesse jessica jiho jill jim
    jimmy jin jing jisoo joan joana joanna joao joe joel johan johanna john johnny jonas jonathan jordan jorge
    jose joseph josephine josh joshua joy joyce juan judith judy julia julian julie juliet julius jun june
    justin kai karen karim karin karl karla kate katherine kathy katie katya kayla keiko keith kelly ken kenji
    kenny kenta kevin kiara kim kira kiran kirsten klaus kofi kristen kristin kumar kurt kwame kyle laila lana
    lance lara lars laura lauren laurence lea leah leila lena leo leon leona leonard leonardo leonie leslie levi
    liam liang lila lily linda lindsay ling lisa liv logan lola lorenzo louis louisa louise luca lucas lucia
    lucy luis luisa luka lukas luke luna lydia lyla mabel maddie madeline madison mae magda maggie mahesh maja
    malik mandy manuel mara marc marcel marco marcus margaret margot maria mariam marian marie marina mario
    marion marisa mark marko marlene marta martha martin martina marvin mary mason mateo mathilda matt matteo
    matthew maurice maya may mei melanie melissa mia miao michael michelle miguel mika mike mikhail mila milan miles
    milo mimi min mina ming minji mira miranda miriam mitchell mohammed moira molly mona monica morgan murad
    nadia nancy naomi natalia natalie natasha nathan neha neil nell nelson nia niamh nicholas nick nico nicola
    nicolas nicole nigel niko nikolai nils nina noah noel noor nora norman nuno oleg olga oliver olivia ollie
    omar ophelia orla oscar otto owen pablo paige pam pamela paola patricia patrick paul paula pavel pedro peggy
    penelope penny pete peter petra phil philip phoebe pierre piper polly pooja priya priyanka quentin quinn
    rachel rafael rahul raj rajesh ralph ramon rana randy raquel ravi ray raymond rebecca regina reiko remi rene
    ricardo richard rita rob robert roberta roberto robin rodrigo roger rohan roland roman ron ronald ronan rory
    rosa rosalie rose rosie roy ruben ruby rupert russell ruth ryan ryo sabine sabrina sadie sakura sally sam
    samantha samir samuel sandra sandy sanjay santiago sara sarah sasha saskia scott sean sebastian selena
    serena sergei seth shane shannon sharon shaun shawn sheila shirley shreya sienna silvia simon simone sofia
    sonia sophia sophie stacy stan stella stephanie stephen steve steven stuart sue sunita susan susanna suzanne
    sven svetlana sydney sylvia takeshi tamara tania tara tariq taylor ted teresa tess tessa thandi theo
    theodore theresa thomas tim timothy tina tobias toby todd tom tomas tommy tony tracy travis trevor tristan
    tyler uma umar ursula valentina valerie vanessa vera veronica victor victoria vijay vikram vincent viola
    violet vivian vlad wade walter wanda warren wayne wei wendy wesley will willow xavier xiang xiaofang xiaohua
    xiaoli xiaolin xiaolu xiaomei xiaoming xiaotian xiaoxue xiaoyu yan yang yara yasmin ying yoko youssef yuan
    yuka yuki yuri yusuf yuto yvonne zachary zain zara zeynep zoe zoey zuri
    """
)
"""Lower case, without accents."""

NICKNAMES = _words(
    """
    acorn alpaca apple apricot autumn bamboo bear bee berry biscuit bloom blossom blue bluebell boba breeze
    brook bubble bunny butterfly candy caramel cat cherry chestnut cloud clover coco cocoa coconut cookie cosmo
    cricket crystal cupcake cutie daffodil daisy dandelion deer dino dodo dolphin donut dragon dreamer dusk
    emerald falcon fawn feather fern firefly fluffy forest fox frost galaxy ginger giraffe hamster happy
    hedgehog honey indigo ivory jasmine jelly kiki kitten kitty kiwi koala latte lavender leaf lemon lilac lime
    lion lotus lucky lulu lynx mango maple marble marigold marshmallow matcha meadow melody melon mimosa mint
    misty mocha mochi momo monsoon moon moonlight morning muffin nana nini noodle nova nut oak ocean olive
    orange orchid otter owl pancake panda papaya peach peanut pearl pebble penguin peony pepper petal picnic
    pine pixel plum pluto pony poppy pudding puffin pumpkin puppy purple rabbit rain rainbow raindrop raven
    river robin rocket rosemary sage sailor sakura sand sea seashell shadow silver sky snow snowflake snowy
    sparrow spring sprout squirrel star starlight stone strawberry summer sun sunday sunflower sunny sunrise
    sunset sunshine swan swift tea thistle tiger tofu tulip turtle twilight vanilla violet waffle water whale
    willow wind winter wolf wonder yoyo yuzu zebra zephyr
    """
)
"""These may stand together: SunnyCat."""
