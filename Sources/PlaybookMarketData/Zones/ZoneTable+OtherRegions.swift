/// Made by make_zone_table.py: do not edit.
extension ZoneTable {
    /// The records whose first zone is elsewhere.
    static let otherRegions: StaticString = """
        Africa/Abidjan=0 Africa/Accra=0 Africa/Addis_Ababa=12 Africa/Algiers=4 Africa/Asmara=12 Africa/Asmera=12 Afr\
        ica/Bamako=0 Africa/Bangui=4 Africa/Banjul=0 Africa/Bissau=0 Africa/Blantyre=8 Africa/Brazzaville=4 Africa/B\
        ujumbura=8 Africa/Conakry=0 Africa/Dakar=0 Africa/Dar_es_Salaam=12 Africa/Djibouti=12 Africa/Douala=4 Africa\
        /Freetown=0 Africa/Gaborone=8 Africa/Harare=8 Africa/Johannesburg=8 Africa/Kampala=12 Africa/Kigali=8 Africa\
        /Kinshasa=4 Africa/Lagos=4 Africa/Libreville=4 Africa/Lome=0 Africa/Luanda=4 Africa/Lubumbashi=8 Africa/Lusa\
        ka=8 Africa/Malabo=4 Africa/Maputo=8 Africa/Maseru=8 Africa/Mbabane=8 Africa/Mogadishu=12 Africa/Monrovia=0\
         Africa/Nairobi=12 Africa/Ndjamena=4 Africa/Niamey=4 Africa/Nouakchott=0 Africa/Ouagadougou=0 Africa/Porto-No\
        vo=4 Africa/Timbuktu=0 America/Anguilla=-16 America/Antigua=-16 America/Aruba=-16 America/Atikokan=-20 Ameri\
        ca/Barbados=-16 America/Belem=-12 America/Belize=-24 America/Blanc-Sablon=-16 America/Cayenne=-12 America/Ca\
        yman=-20 America/Coral_Harbour=-20 America/Creston=-28 America/Curacao=-16 America/Dawson_Creek=-28 America/\
        Dominica=-16 America/El_Salvador=-24 America/Grenada=-16 America/Guadeloupe=-16 America/Jamaica=-20 America/\
        Kralendijk=-16 America/La_Paz=-16 America/Lower_Princes=-16 America/Marigot=-16 America/Martinique=-16 Ameri\
        ca/Montserrat=-16 America/Panama=-20 America/Paramaribo=-12 America/Phoenix=-28 America/Port_of_Spain=-16 Am\
        erica/Porto_Velho=-16 America/Puerto_Rico=-16 America/Regina=-24 America/St_Barthelemy=-16 America/St_Kitts=\
        -16 America/St_Lucia=-16 America/St_Thomas=-16 America/St_Vincent=-16 America/Swift_Current=-24 America/Tort\
        ola=-16 America/Virgin=-16 Antarctica/DumontDUrville=40 Antarctica/Rothera=-12 Antarctica/Syowa=12 Asia/Aden\
        =12 Asia/Bahrain=12 Asia/Bangkok=28 Asia/Brunei=32 Asia/Calcutta=22 Asia/Dubai=16 Asia/Ho_Chi_Minh=28 Asia/H\
        ong_Kong=32 Asia/Jakarta=28 Asia/Jayapura=36 Asia/Kabul=18 Asia/Kashgar=24 Asia/Kathmandu=23 Asia/Katmandu=2\
        3 Asia/Kolkata=22 Asia/Kuala_Lumpur=32 Asia/Kuching=32 Asia/Kuwait=12 Asia/Macao=32 Asia/Macau=32 Asia/Makas\
        sar=32 Asia/Muscat=16 Asia/Phnom_Penh=28 Asia/Pontianak=28 Asia/Qatar=12 Asia/Rangoon=26 Asia/Riyadh=12 Asia\
        /Saigon=28 Asia/Seoul=36 Asia/Singapore=32 Asia/Taipei=32 Asia/Thimbu=24 Asia/Thimphu=24 Asia/Tokyo=36 Asia/\
        Ujung_Pandang=32 Asia/Urumqi=24 Asia/Vientiane=28 Asia/Yangon=26 Atlantic/Cape_Verde=-4 Atlantic/Reykjavik=0\
         Atlantic/South_Georgia=-8 Atlantic/St_Helena=0 Australia/Darwin=38 Australia/North=38 Canada/Saskatchewan=-\
        24 EST=-20 Etc/GMT=0 Etc/GMT+0=0 Etc/GMT+1=-4 Etc/GMT+10=-40 Etc/GMT+11=-44 Etc/GMT+12=-48 Etc/GMT+2=-8 Etc/\
        GMT+3=-12 Etc/GMT+4=-16 Etc/GMT+5=-20 Etc/GMT+6=-24 Etc/GMT+7=-28 Etc/GMT+8=-32 Etc/GMT+9=-36 Etc/GMT-0=0 Et\
        c/GMT-1=4 Etc/GMT-10=40 Etc/GMT-11=44 Etc/GMT-12=48 Etc/GMT-13=52 Etc/GMT-14=56 Etc/GMT-2=8 Etc/GMT-3=12 Etc\
        /GMT-4=16 Etc/GMT-5=20 Etc/GMT-6=24 Etc/GMT-7=28 Etc/GMT-8=32 Etc/GMT-9=36 Etc/GMT0=0 Etc/Greenwich=0 Etc/UC\
        T=0 Etc/UTC=0 Etc/Universal=0 Etc/Zulu=0 GMT=0 GMT+0=0 GMT-0=0 GMT0=0 Greenwich=0 HST=-40 Hongkong=32 Icelan\
        d=0 Indian/Antananarivo=12 Indian/Christmas=28 Indian/Cocos=26 Indian/Comoro=12 Indian/Kerguelen=20 Indian/M\
        ahe=16 Indian/Maldives=20 Indian/Mayotte=12 Indian/Reunion=16 Jamaica=-20 Japan=36 MST=-28 Pacific/Chuuk=40\
         Pacific/Funafuti=48 Pacific/Gambier=-36 Pacific/Guadalcanal=44 Pacific/Guam=40 Pacific/Honolulu=-40 Pacific/\
        Johnston=-40 Pacific/Majuro=48 Pacific/Marquesas=-38 Pacific/Midway=-44 Pacific/Nauru=48 Pacific/Niue=-44 Pa\
        cific/Pago_Pago=-44 Pacific/Palau=36 Pacific/Pohnpei=44 Pacific/Ponape=44 Pacific/Port_Moresby=40 Pacific/Sa\
        ipan=40 Pacific/Samoa=-44 Pacific/Tahiti=-40 Pacific/Tarawa=48 Pacific/Truk=40 Pacific/Wake=48 Pacific/Walli\
        s=48 Pacific/Yap=40 ROC=32 ROK=36 Singapore=32 UCT=0 US/Arizona=-28 US/Hawaii=-40 US/Samoa=-44 UTC=0 Univers\
        al=0 Zulu=0|
        Africa/Cairo=8 Egypt=8|fiwEdIgxg2dEjkcEdIgxg2dEjlpEdIgxg2dEjkcEdIgxg2dEjkcEdIgxg2dEjfzIdIgyqEdEjhl2dIgyqEdEj\
        hl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyqEdEj\
        hl2dIgovEdEjrg2dIf6:EdEke82dIfreEdEkox2dIfhjEdElcn2dIeqzEdEbkh2dI.pEdEb6eq2dIb7aEdEbri2dIcowEdEej6b2dIh:8EdE\
        h::2dIijxEdEhwe2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:8EdE\
        h::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdE
        Africa/Casablanca=0 Africa/El_Aaiun=0|jhsoAdIebkEdEl:,2dIdr7EdElfh2dIejyEdEkox2dIfhjEdEmacUdIdtkAdEbltAdIbzv\
        AdEjhkAdIdcoAdEbp6AdIdnwAdEgysAdId,sAdEbrhAdIdxrAdEgysAdIdmjAdEbrhAdIej6AdEgysAdIdcoAdEbrhAdIe.qAdEgoxAdIcoy\
        AdEb7cAdIfhlAdEgoxAdIce.AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:\
        AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:\
        AdEbrhAdIn6:AdEb7cAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdI
        Africa/Ceuta=4 Arctic/Longyearbyen=4 Atlantic/Canary=0 Atlantic/Faeroe=0 Atlantic/Faroe=0 Atlantic/Jan_Mayen\
        =4 Atlantic/Madeira=0 CET=4 EET=8 Europe/Amsterdam=4 Europe/Andorra=4 Europe/Athens=8 Europe/Belgrade=4 Euro\
        pe/Berlin=4 Europe/Bratislava=4 Europe/Brussels=4 Europe/Budapest=4 Europe/Busingen=4 Europe/Copenhagen=4 Eu\
        rope/Gibraltar=4 Europe/Helsinki=8 Europe/Ljubljana=4 Europe/Luxembourg=4 Europe/Madrid=4 Europe/Malta=4 Eur\
        ope/Mariehamn=8 Europe/Monaco=4 Europe/Oslo=4 Europe/Paris=4 Europe/Podgorica=4 Europe/Prague=4 Europe/Rome=\
        4 Europe/San_Marino=4 Europe/Sarajevo=4 Europe/Skopje=4 Europe/Stockholm=4 Europe/Tirane=4 Europe/Vaduz=4 Eu\
        rope/Vatican=4 Europe/Vienna=4 Europe/Warsaw=4 Europe/Zagreb=4 Europe/Zurich=4 MET=4 Poland=4 WET=0|duy2dIij\
        zAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjr\
        fAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjr\
        fAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjh\
        kAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Africa/Juba=8|fbd8YdIkr6pUdE
        Africa/Khartoum=8|fbd8YdIi.t7UdE
        Africa/Sao_Tome=0|obny2dIqbjAdE
        Africa/Tripoli=4 Libya=4|fm.EdIdg7:EdEift2dIh6oi2dEgdpAdI
        Africa/Tunis=4|fiwEdIgvyAdEhkddAdIgvz2dEhy,2dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdE
        Africa/Windhoek=8|cdvqIdAhlaUdEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEd\
        Agyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEd\
        Agyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dE
        Antarctica/Casey=32|j.w6YdQgb8MdE6oxUdQfepEdEck8gEdQwgg2dEjhpUdQhcfQdEi66UdQg7gMdEjhkBdQhchLdEi.uVdQhchLdEi.\
        uVdQg,f5dE
        Antarctica/Davis=28|j.w8Uc2gkr2dE6gcEc2fes2dE
        Antarctica/Macquarie=44|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAdE\
        hwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdE\
        h:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEx:6AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdE\
        h:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdE\
        h:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdE\
        h:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Antarctica/Mawson=24|j.w,QdA
        Antarctica/McMurdo=52 Antarctica/South_Pole=52 NZ=52 NZ-CHAT=55 Pacific/Auckland=52 Pacific/Chatham=55|dkjId\
        Ai.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAd\
        AituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEijzAd\
        AhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAd\
        AhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEituAdAhwdAdEijzAdAhwdAdEijzAd\
        AhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAd\
        Ah:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdE
        Antarctica/Troll=0|huqn2dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxA\
        dMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysA\
        dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysA\
        dMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxA\
        dMjrfAdEgoxAdMjrfAdE
        Antarctica/Vostok=28|cbrw2cImakEdEotqzUc2
        Atlantic/Azores=-4|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEeaa2dId:.EdMdr.AdIeobAdEh:,AdIh:,AdEh:,AdIh:,AdEijzAd\
        IjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAd\
        IjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAd\
        IjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Atlantic/Stanley=-12|e8iUdAge.2dEj6,EdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEj6,EdAgoy2dEjrd\
        EdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrg2dAge.2dEkezEdAf7c2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dEj6,\
        EdAge.2dEj6,EdAge.2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dE
        Australia/ACT=44 Australia/Canberra=44 Australia/NSW=44 Australia/Sydney=44|cwxAdAkowAdEfrgAdAkowAdEfrgAdAko\
        wAdEf7bAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkAdAjr\
        fAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:\
        ,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:\
        ,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:\
        ,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:\
        ,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Adelaide=42 Australia/South=42|dkn4dAj7aAdEfrgAdAkowAdEgoxAdAjrfAdEf7bAdAkowAdEge8AdAj7aAdEgoxAdAj\
        rfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAj\
        rfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAi\
        jzAdE
        Australia/Brisbane=44 Australia/Queensland=44|cwxAdAkowAdEfrgAdAkowAdEfrgAdA
        Australia/Broken_Hill=42 Australia/Yancowinna=42|cwx4dAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkowAd\
        EfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAd\
        EgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAd\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAijzAdE
        Australia/Currie=44 Australia/Hobart=44 Australia/Tasmania=44|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAijzA\
        dEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAijzA\
        dEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,A\
        dEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,A\
        dEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzA\
        dEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,A\
        dEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Eucla=35|,c8LdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Australia/LHI=44 Australia/Lord_Howe=44|cwvEdCkow4dEfrfCdCkow4dEfrfCdCkow4dEf7aCdCkow4dEfrfCdCkow4dEfrfCdCko\
        w4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjrf4dEgowCdCgys4dEjhjCdCjrf4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjr\
        f4dEgowCdCjrf4dEgyrCdCjhk4dEgowCdCjrf4dEhcmCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:\
        ,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:\
        ,4dEh:.CdCh:,4dEijyCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:\
        ,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCij\
        z4dE
        Australia/Lindeman=44|cwxAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdA
        Australia/Melbourne=44 Australia/Victoria=44|dknAdAj7aAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkowAdEgox\
        AdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgys\
        AdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,\
        AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,\
        AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,\
        AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,\
        AdAijzAdE
        Australia/Perth=32 Australia/West=32|,c.YdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Eire=0 Europe/Belfast=0 Europe/Dublin=0 Europe/Guernsey=0 Europe/Isle_of_Man=0 Europe/Jersey=0 Europe/London\
        =0 GB=0 GB-Eire=0|duy2dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Astrakhan=12|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Bucharest=8|duxAdIijzAdEh:6IdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyzQd\
        IjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAd\
        IjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAd\
        IjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Chisinau=12 Europe/Tiraspol=12|duvEdIb7aEdEgo6YdAh:,AdEh:,AdAh:6IdEh:8EdAh::2dEh:8EdAh::2dEh:8EdAh::2\
        dEh:8EdAij62dEjhiEdAgyxUdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysA\
        dEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysA\
        dEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxA\
        dEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysA\
        dEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxA\
        dEjrfAdA
        Europe/Kaliningrad=8|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Kiev=12 Europe/Kyiv=12 Europe/Uzhgorod=12 Europe/Zaporozhye=12|duvEdIejyEdEt:,YdAh:,AdEh:,AdAh:,AdEh:\
        ,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhl2dAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjh\
        kAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjr\
        fAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjh\
        kAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjr\
        fAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjr\
        fAdAgoxAdEjrfAdAgoxAdEjrfAdA
        Europe/Kirov=12|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIjh\
        kAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Lisbon=0 Portugal=0|duy2dIijzAdEh:,AdIh:,AdEh:,AdIp:8AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIrrdAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhk\
        AdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Minsk=12|7,mAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgy\
        sAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgy\
        sAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdE
        Europe/Moscow=12 W-SU=12|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAd\
        EgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAd\
        EgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Riga=8|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIh:,AdEh::2dIjhkA\
        dEgysAdIjhkAdEgysAdIjrfAdEwotAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfA\
        dEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfA\
        dEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkA\
        dEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfA\
        dEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Samara=12|duvEdIijzAdEq.o2dIhcjIdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIijzAdMjhkAdIgysAdMjhkAdIg\
        ysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIg\
        oxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIqjy2dEgoxAdI
        Europe/Saratov=12|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEbb672dI
        Europe/Simferopol=12|h,pEdA7:62dEh:,AdAh:,AdEh:,AdAh:,AdEbrbMdIgo6YdEh:,AdIh:,AdEijvIdIjhpUdEp:.2dAgysAdEjhk\
        AdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrf\
        AdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgyqEdIjhgIdE
        Europe/Sofia=8|duxAdIijzAdEh:6IdIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyzQdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhk\
        AdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Tallinn=8|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIj\
        hkAdEgysAdIjhl2dEgysAdIjrfAdEbgykAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Ulyanovsk=12|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Vilnius=8|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIj\
        hkAdEp:.2dAgysAdEcajlAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI\
        jrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Volgograd=12|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEcajm2dIbcyjEdE
        Indian/Chagos=20|daizUdI
        Indian/Mauritius=16|jobbIdIgyqEdE
        Kwajalein=-48 Pacific/Kwajalein=-48|b6mgQgE
        Pacific/Apia=-44|km6fUdIiirUdEhwdAdIeifQgIebtQgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAgE\
        hwdAgIijzAgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgE
        Pacific/Bougainville=40|mrcmAdI
        Pacific/Efate=48|duaQdAh::2dEh:8EdAij62dEfhjEdAl:,2dEd:.EdA
        Pacific/Enderbury=-44 Pacific/Kanton=-44|cqhbUgE
        Pacific/Fakaofo=-44|lbbbUgE
        Pacific/Fiji=48|enx:IdIfhlAdElcmAdIe.qAdEe8spAdIfhlAdEjhkAdIf7bAdEke7AdId::AdEl:.AdId::AdEmjyAdIdwcEdEmtu2dI\
        dmjAdEmttAdIdmjAdEm.oAdIdcoAdEm.oAdIdcoAdEm.oAdIdcoAdEnhjAdIcytAdEpclAdIbhmAdE
        Pacific/Galapagos=-24|bovzIdIda:EdE
        Pacific/Kiritimati=-40|cqg:YgE
        Pacific/Kosrae=48|eqnuQdA
        Pacific/Norfolk=46|m.mbGdCcajl4dGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGijzAdCh:,AdGh:,AdCh:,AdGh:,\
        AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,\
        AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdG
        Pacific/Noumea=44|do:vEdId::AdE
        Pacific/Pitcairn=-34|efqv4dG
        Pacific/Rarotonga=-38|cxx0dCkow4dEfrfCdC
        Pacific/Tongatapu=52|e8wbMdIhguAdEke7AdIdwcEdEmjz2dIdwcEdEhnfs2dIdcoAdE
        """
}
